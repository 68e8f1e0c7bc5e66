import { expect, it, vi } from 'vitest';
import { PhoneSignIn } from '../../src/qr/phone-sign-in';
import type { Surroundings } from '../../src/qr/round';
import type { View } from '../../src/qr/view';

const start = () => {
  const nonces: string[] = [];
  let listening = 0;
  const around: Surroundings = {
    wire: {
      open: async (nonce) => (nonces.push(nonce), { kind: 'opened', sessionId: 'a', png: 'b', ahead: 0 }),
      confirm: async () => ({ kind: 'confirmed' }),
      collect: async () => ({ kind: 'tokens', accessToken: 'eyJ' }),
      abandon: () => undefined,
    },
    view: new Proxy({} as View, { get: () => async () => {} }),
    renewEvery: 20_000,
    isSeen: () => true,
    listen: () => (listening++, () => void listening--),
  };
  return { nonces, signIn: new PhoneSignIn(around, crypto), listening: () => listening };
};

it('asks nothing before the panel is open and nothing after it was closed', async () => {
  const { nonces, signIn, listening } = start();
  signIn.look();
  expect(nonces).toEqual([]);
  signIn.open(true);
  await vi.waitFor(() => expect(nonces).toHaveLength(1));
  expect(listening()).toBe(1);
  signIn.open(false);
  expect(listening()).toBe(0);
});

it('begins again with another verifier, and forgets the first', async () => {
  const { nonces, signIn, listening } = start();
  signIn.open(true);
  await vi.waitFor(() => expect(nonces).toHaveLength(1));
  await signIn.again();
  await vi.waitFor(() => expect(nonces).toHaveLength(2));
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(listening()).toBe(1);
  signIn.close();
});

it('makes one round of two impatient presses', async () => {
  const { nonces, signIn, listening } = start();
  signIn.open(true);
  await Promise.all([signIn.again(), signIn.again()]);
  await vi.waitFor(() => expect(nonces).toHaveLength(1));
  expect(listening()).toBe(1);
  signIn.close();
});
