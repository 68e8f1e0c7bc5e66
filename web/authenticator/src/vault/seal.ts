/** The private key as it is kept: AES-256-GCM, bound to its public key. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const usage: AesKeyAlgorithm = { name: 'AES-GCM', length: 256 };

/** @param lock never leaves the browser's own key store: it is made non-extractable. */
export async function seal(privateKey: Uint8Array<ArrayBuffer>, publicKey: Uint8Array<ArrayBuffer>, lock: CryptoKey): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: publicKey }, lock, privateKey);
  return { iv, bytes: new Uint8Array(bytes) };
}

/** @returns null when the lock is not the one it was sealed with, or what is kept was altered. */
export async function unseal(sealed: Sealed, publicKey: Uint8Array<ArrayBuffer>, lock: CryptoKey): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: publicKey }, lock, sealed.bytes));
  } catch {
    return null;
  }
}

/** PBKDF2-SHA-256 (RFC 8018): slow on purpose, for whoever copied what is kept and guesses. */
export async function lockOfPassphrase(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  text.fill(0);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, usage, false, ['encrypt', 'decrypt']);
}

/** HKDF-SHA-256 (RFC 5869) from the 32 bytes an authenticator gave; they are overwritten. */
export async function lockOfSecret(secret: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  secret.fill(0);
  const info = new TextEncoder().encode('gapura authenticator: lock of the private key, 1');
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, usage, false, ['encrypt', 'decrypt']);
}
