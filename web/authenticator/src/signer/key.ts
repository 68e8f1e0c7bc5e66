import { secp256k1 } from '@noble/curves/secp256k1.js';

/** 32 random bytes that are a private key of secp256k1. The caller overwrites them after use. */
export const newPrivateKey = (): Uint8Array => secp256k1.utils.randomSecretKey();

/** Uncompressed: 130 lower-case hex digits beginning `04`. */
export const publicKeyOf = (privateKey: Uint8Array): string => toHex(secp256k1.getPublicKey(privateKey, false));

/** ECDSA over SHA-256 of the UTF-8 bytes of the text: DER in hex. */
export function sign(text: string, privateKey: Uint8Array): string {
  return toHex(secp256k1.sign(new TextEncoder().encode(text), privateKey, { prehash: true, lowS: true, format: 'der' }));
}

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (each) => each.toString(16).padStart(2, '0')).join('');

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
