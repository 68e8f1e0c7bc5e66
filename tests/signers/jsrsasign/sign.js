// Signs with jsrsasign: sign.js sign <private key, 64 hex> <text>, or sign.js keygen.
import jsrsasign from 'jsrsasign';

const { KJUR } = jsrsasign;
const [verb, privateKey, text] = process.argv.slice(2);

if (verb === 'sign') {
  const key = new KJUR.crypto.ECDSA({ curve: 'secp256k1', prv: privateKey });
  const signer = new KJUR.crypto.Signature({ alg: 'SHA256withECDSA' });
  signer.init(key);
  signer.updateString(text); // as UTF-8
  print({ publicKey: key.generatePublicKeyHex(), signature: signer.sign() });
} else if (verb === 'keygen') {
  const key = new KJUR.crypto.ECDSA({ curve: 'secp256k1' }).generateKeyPairHex();
  print({ privateKey: key.ecprvhex, publicKey: key.ecpubhex });
} else {
  console.error('usage: sign.js sign <private key, 64 hex> <text> | sign.js keygen');
  process.exitCode = 2;
}

function print(answer) {
  console.log(JSON.stringify(answer));
}
