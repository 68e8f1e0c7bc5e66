import { expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { newSecret } from '../../src/qr/secret';

it('makes 32 random bytes, and the nonce is their text under SHA-256', async () => {
  const { verifier, nonce } = await newSecret(crypto);
  expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(nonce).toBe(createHash('sha256').update(verifier, 'ascii').digest('base64url'));
});

it('agrees with the example of RFC 7636, appendix B', async () => {
  const octets = [116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121];
  const known = { subtle: crypto.subtle, getRandomValues: (into: Uint8Array) => (into.set(octets), into) } as unknown as Crypto;
  expect(await newSecret(known)).toEqual({
    verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    nonce: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  });
});

it('never makes the same twice', async () => {
  const made = await Promise.all(Array.from({ length: 50 }, () => newSecret(crypto)));
  expect(new Set(made.map((each) => each.verifier)).size).toBe(50);
});
