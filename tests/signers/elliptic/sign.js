// Signs with elliptic: sign.js sign <private key, 64 hex> <text>, or sign.js keygen.
import { createHash } from 'node:crypto';
import elliptic from 'elliptic';

const secp256k1 = new elliptic.ec('secp256k1');
const [verb, privateKey, text] = process.argv.slice(2);

if (verb === 'sign') {
  const key = secp256k1.keyFromPrivate(privateKey, 'hex');
  // elliptic signs the bytes it is given, so the caller hashes.
  const digest = createHash('sha256').update(text, 'utf8').digest();
  print({ publicKey: key.getPublic(false, 'hex'), signature: key.sign(digest).toDER('hex') });
} else if (verb === 'keygen') {
  const key = secp256k1.genKeyPair();
  print({ privateKey: key.getPrivate('hex').padStart(64, '0'), publicKey: key.getPublic(false, 'hex') });
} else {
  console.error('usage: sign.js sign <private key, 64 hex> <text> | sign.js keygen');
  process.exitCode = 2;
}

function print(answer) {
  console.log(JSON.stringify(answer));
}
