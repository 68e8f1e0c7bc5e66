/** What only this page holds. Whoever opens the code with `nonce` shows nothing of `verifier`, and only `verifier` collects. */
export interface Secret {
  /** 32 random bytes in base64url without padding: 43 characters. */
  readonly verifier: string;
  /** SHA-256 of the verifier's text, in the same form. */
  readonly nonce: string;
}

export async function newSecret(crypto: Pick<Crypto, 'getRandomValues' | 'subtle'>): Promise<Secret> {
  const verifier = base64Url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, nonce: base64Url(new Uint8Array(digest)) };
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
