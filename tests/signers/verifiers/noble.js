// Verifies with @noble/curves: noble.js <public key, 130 hex> <signature, DER in hex> <text>; exit 0 is yes.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const [publicKey, signature, text] = process.argv.slice(2);

// The wire allows a high S, which this library refuses unless told.
const form = { prehash: true, lowS: false, format: 'der' };
process.exitCode = verifies() ? 0 : 1;

function verifies() {
  try {
    return secp256k1.verify(hexToBytes(signature), utf8ToBytes(text), hexToBytes(publicKey), form);
  } catch {
    return false; // not DER, or not a point
  }
}
