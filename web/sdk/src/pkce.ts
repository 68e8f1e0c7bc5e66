import { GapuraError } from './errors';

/** RFC 7636: `verifier` stays here, `challenge` is base64url(SHA-256(verifier)). Both have 43 characters. */
export interface Proof {
  verifier: string;
  challenge: string;
}

export async function newProof(): Promise<Proof> {
  if (!crypto.subtle) throw new GapuraError('insecure_context');
  const verifier = randomText();
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(hash)) };
}

/** 32 random bytes in base64url, 43 characters. */
export const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
