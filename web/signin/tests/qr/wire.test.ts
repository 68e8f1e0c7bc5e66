import { expect, it } from 'vitest';
import { Wire } from '../../src/qr/wire';

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const asked: { path: string; body: unknown }[] = [];
  const fetch = (async (path: string, init: RequestInit) => {
    asked.push({ path, body: JSON.parse(String(init.body)) });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  }) as typeof globalThis.fetch;
  return { wire: new Wire('gudang', fetch), asked };
};

it('opens a code for the hash alone and keeps the verifier to itself', async () => {
  const { wire, asked } = answering(200, { clientId: 'gudang', sessionId: 'nu.id:1:x', expires: 1, qrcode: 'iVBO' });
  expect(await wire.open('hash')).toEqual({ kind: 'opened', sessionId: 'nu.id:1:x', png: 'iVBO', ahead: 0 });
  expect(asked).toEqual([{ path: '/v1/qrAuth', body: { clientId: 'gudang', nonce: 'hash', nonceMethod: 'S256', returnQrCode: true } }]);
});

it('notes how far this clock is from the server’s', async () => {
  const { wire } = answering(200, { sessionId: 'x', qrcode: 'y' }, { Date: new Date(Date.now() - 90_000).toUTCString() });
  const { ahead } = (await wire.open('hash')) as { ahead: number };
  expect(ahead).toBeGreaterThanOrEqual(89_000);
  expect(ahead).toBeLessThan(92_000);
});

it('confirms and collects with the verifier', async () => {
  const confirming = answering(200, { confirmed: true });
  expect(await confirming.wire.confirm('id', 'verifier', '0123')).toEqual({ kind: 'confirmed' });
  expect(confirming.asked).toEqual([{ path: '/v1/qrAuth/confirm', body: { sessionId: 'id', verifier: 'verifier', code: '0123' } }]);
  const collecting = answering(200, { accessToken: 'eyJ', refreshToken: 'gpr', expiresIn: 900 });
  expect(await collecting.wire.collect('id', 'verifier')).toEqual({ kind: 'tokens', accessToken: 'eyJ' });
  expect(collecting.asked).toEqual([{ path: '/v1/qrAuth/collect', body: { sessionId: 'id', verifier: 'verifier' } }]);
});

it('tells a decision from trouble that passes', async () => {
  const ask = (status: number, body: unknown, headers = {}) => answering(status, body, headers).wire.confirm('id', 'v', '1');
  expect(await ask(400, { error: 'wrong_code', triesLeft: 2 })).toEqual({ kind: 'refused', error: 'wrong_code', triesLeft: 2 });
  expect(await ask(404, 'no json')).toEqual({ kind: 'refused', error: 'unknown' });
  expect(await ask(500, { error: 'server_error' })).toEqual({ kind: 'trouble', retryIn: 2_000 });
  expect(await ask(429, {}, { 'Retry-After': '7' })).toEqual({ kind: 'trouble', retryIn: 7_000 });
});

it('takes a dead network and an answer that is none for trouble', async () => {
  const dead = new Wire('gudang', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await dead.open('hash')).toEqual({ kind: 'trouble', retryIn: 2_000 });
  expect(await answering(200, { sessionId: '' }).wire.open('hash')).toEqual({ kind: 'trouble', retryIn: 2_000 });
  expect(await answering(200, '<html>').wire.collect('id', 'v')).toEqual({ kind: 'trouble', retryIn: 2_000 });
});

it('writes the nonce into the address of the events', () => {
  expect(answering(200, {}).wire.eventsOf('a-b_c')).toBe('/v1/qrAuth/events?clientId=gudang&nonce=a-b_c');
});
