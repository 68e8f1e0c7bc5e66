import { describe, expect, it } from 'vitest';
import { newPrivateKey, publicKeyOf } from '../src/signer/key';
import { Unlocked } from '../src/vault/unlocked';
import { newOnes } from '../src/frame/sign-ins';
import { choose } from '../src/frame/language';
import type { SignIn } from '../src/wire/answers';
import { scripted, sessionId } from './fakes';

const privateKey = newPrivateKey();
const key = () => new Unlocked(publicKeyOf(privateKey), new Uint8Array(privateKey));

describe('the client', () => {
  it('tells a refusal by its code, and when to come back', async () => {
    const { client } = scripted({ status: 429, json: { error: 'too_many_attempts', error_description: 'x' }, headers: { 'Retry-After': '120' } });
    expect(await client.send('POST', '/v1/phone/sign-in', {})).toEqual({ ok: false, code: 'too_many_attempts', retryAfter: 120 });
  });

  it('knows a lost network, a broken server and a page of somebody else in the way', async () => {
    const { client } = scripted('no network', { status: 502, json: undefined }, { status: 200, json: undefined }, { status: 404, json: 'Not here' });
    expect(await client.send('GET', '/x')).toMatchObject({ ok: false, code: 'no_network' });
    expect(await client.send('GET', '/x')).toMatchObject({ ok: false, code: 'server_error' });
    expect(await client.send('GET', '/x')).toEqual({ ok: true, value: undefined });
    expect(await client.send('GET', '/x')).toMatchObject({ ok: false, code: 'not_understood' });
  });

  it('learns what time it is from the server, and leaves a right clock alone', async () => {
    const { client } = scripted({ json: {}, headers: { Date: 'Sat, 11 Mar 2023 17:53:20 GMT' } }, { json: {}, headers: { Date: 'Sat, 11 Mar 2023 15:53:21 GMT' } });
    expect(client.now()).toBe(1678550000);
    await client.send('GET', '/x');
    expect(client.now()).toBe(1678557200);
    await client.send('GET', '/x');
    expect(client.now()).toBe(1678550000);
  });
});

describe('the phone’s calls', () => {
  it('enrols by signing the challenge it was given', async () => {
    const challenge = 'nu.id.enrol:1:account:00:1678550300';
    const { phone, sent } = scripted({ json: { challenge, expires: 1 } }, { status: 201, json: { id: 'd1', name: 'Ponsel' } });
    expect(await phone.enrol(key(), 'Ponsel')).toMatchObject({ ok: true, value: { id: 'd1' } });
    expect(sent[1]).toEqual({ method: 'POST', path: '/v1/devices', body: { name: 'Ponsel', publicKey: publicKeyOf(privateKey), challenge, signature: key().sign(challenge) } });
  });

  it.each([sessionId, `nu.id.scan:1:${sessionId}`, ''])('signs no challenge that is %j', async (challenge) => {
    const { phone, sent } = scripted({ json: { challenge } }, { json: { challenge } });
    expect(await phone.enrol(key(), 'Ponsel')).toEqual({ ok: false, code: 'not_understood' });
    expect(await phone.openSession(key())).toEqual({ ok: false, code: 'not_understood' });
    expect(sent).toHaveLength(2);
  });

  it('opens its session by its key', async () => {
    const challenge = 'nu.id.phone:1:00:1678550300';
    const { phone, sent } = scripted({ json: { challenge } }, { json: { account: { name: 'Coba', username: 'coba' } } });
    expect(await phone.openSession(key())).toMatchObject({ ok: true });
    expect(sent.map((each) => each.path)).toEqual(['/v1/phone/challenge', '/v1/phone/session']);
    expect(sent[1]?.body).toEqual({ publicKey: publicKeyOf(privateKey), challenge, signature: key().sign(challenge) });
  });

  it('puts names into an address without being led elsewhere by them', async () => {
    const { phone, sent } = scripted({ json: {} }, { status: 204 });
    await phone.report('a/../b');
    await phone.revoke('?x');
    expect(sent.map((each) => each.path)).toEqual(['/v1/phone/sign-ins/a%2F..%2Fb/report', '/v1/devices/%3Fx']);
  });
});

describe('what is new', () => {
  const row = (more: Partial<SignIn>): SignIn => ({
    id: 'x', at: 100, platform: { clientId: 'c', name: 'C', domain: 'https://c.example' }, outcome: 'approved', door: 'qr',
    browser: null, system: null, country: null, network: null, device: 'Ponsel', standing: true, ...more,
  });

  it('is what another phone or a password opened since the last look', () => {
    const rows = [row({}), row({ device: 'Lain' }), row({ door: 'password', device: null }), row({ device: 'Lain', at: 50 }), row({ device: 'Lain', outcome: 'declined' })];
    expect(newOnes(rows, 50, 'Ponsel')).toEqual([rows[1], rows[2]]);
  });
});

describe('the language', () => {
  it('is what was chosen, else what the browser asks for, else Bahasa Indonesia', () => {
    expect(choose('en', ['id'])).toBe('en');
    expect(choose(null, ['fr-FR', 'en-GB', 'id'])).toBe('en');
    expect(choose(null, ['in-ID'])).toBe('id');
    expect(choose('xx', ['fr'])).toBe('id');
  });
});
