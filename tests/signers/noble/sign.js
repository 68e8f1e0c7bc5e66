// Signs with @noble/curves: sign.js sign <private key, 64 hex> <text>, or sign.js keygen.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const [verb, privateKey, text] = process.argv.slice(2);

if (verb === 'sign') {
  const key = hexToBytes(privateKey);
  // `prehash` is SHA-256 by the library; without `format: 'der'` it answers r and s, 64 bytes.
  const signature = secp256k1.sign(utf8ToBytes(text), key, { prehash: true, format: 'der' });
  print({ publicKey: publicKeyOf(key), signature: bytesToHex(signature) });
} else if (verb === 'keygen') {
  const key = secp256k1.utils.randomSecretKey();
  print({ privateKey: bytesToHex(key), publicKey: publicKeyOf(key) });
} else {
  console.error('usage: sign.js sign <private key, 64 hex> <text> | sign.js keygen');
  process.exitCode = 2;
}

function publicKeyOf(key) {
  return bytesToHex(secp256k1.getPublicKey(key, false));
}

function print(answer) {
  console.log(JSON.stringify(answer));
}
