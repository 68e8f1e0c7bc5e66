import { describe, expect, it } from 'vitest';
import { Decision, nonceOf } from '../src/ceremony/decision';
import { newPrivateKey, publicKeyOf } from '../src/signer/key';
import { Unlocked } from '../src/vault/unlocked';
import { scripted, sessionId, type Says } from './fakes';

const privateKey = newPrivateKey();
const key = () => new Unlocked(publicKeyOf(privateKey), new Uint8Array(privateKey));
const scanned = {
  sessionId, expires: 1678550057, platform: { clientId: 'tautauberes', name: 'TauTauBeres.id', company: 'TauTauBeres', domain: 'https://tautauberes.id' },
  screen: { browser: 'Chrome', system: 'Windows', country: null, network: null, sameNetwork: null, openedAt: 1678549997 },
  firstTime: false, risky: false, reasons: [], confirmation: 'match', choices: ['07', '47', '83'], confirmed: false,
};
const refused = (error: string): Says => ({ status: 400, json: { error, error_description: 'x' } });
const waits: number[] = [];
const wait = (milliseconds: number) => {
  waits.push(milliseconds);
  return Promise.resolve();
};

/** Answers an approval as the server does: with the nonce it was sent. */
const tokenFor = (nonce: unknown) => ({ data: { accessToken: `e30.${btoa(JSON.stringify({ nonce }))}.x`, refreshToken: 'gpr_x' } });

async function begun(...says: Says[]) {
  const server = scripted({ json: scanned }, ...says);
  const begin = await Decision.begin(server.phone, key(), sessionId, wait);
  if (!begin.ok) throw new Error(begin.code);
  return { ...server, decision: begin.value };
}

describe('a decision', () => {
  it('begins with a signature over the scan, not over the session id', async () => {
    const { sent, decision } = await begun();
    expect(sent[0]).toEqual({ method: 'POST', path: '/v1/qrAuth/scan', body: { sessionId, publicKey: publicKeyOf(privateKey), signature: key().sign(`nu.id.scan:1:${sessionId}`) } });
    expect(decision.left).toBe(57);
  });

  it('approves with the chosen number and checks that the answer is to its own request', async () => {
    const says: { json: unknown } = { json: null };
    const { sent, decision } = await begun(says);
    Object.defineProperty(says, 'json', { get: () => tokenFor(sent[1]?.body['nonce']) });
    expect(await decision.approve(key(), '47')).toEqual({ ok: true });
    expect(sent[1]?.body).toMatchObject({ sessionId, signature: key().sign(sessionId), confirmation: '47' });
    expect(sent[1]?.body['nonce']).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });

  it.each([[tokenFor('another')], [{ data: {} }], [{}], [{ data: { accessToken: 'x' } }]])('does not believe an answer to somebody else: %j', async (json) => {
    const { decision } = await begun({ json });
    expect(await decision.approve(key())).toEqual({ ok: false, code: 'wrong_nonce' });
  });

  it('asks again when the answer got lost, with the same nonce and signature, and takes already_authenticated for success', async () => {
    const { sent, decision } = await begun('no network', 'no network', refused('already_authenticated'));
    expect(await decision.approve(key(), '47')).toEqual({ ok: true });
    expect(sent[3]?.body).toEqual(sent[1]?.body);
  });

  it('gives up after three tries, and may be asked again later', async () => {
    const { sent, decision } = await begun('no network', 'no network', 'no network', refused('already_authenticated'));
    expect(await decision.approve(key(), '47')).toEqual({ ok: false, code: 'no_network' });
    expect(await decision.approve(key(), '47')).toEqual({ ok: true });
    expect(sent[4]?.body).toEqual(sent[1]?.body);
  });

  it('never repeats what the server said no to', async () => {
    const { sent, decision } = await begun(refused('sign_in_denied'));
    expect(await decision.approve(key(), '07')).toEqual({ ok: false, code: 'sign_in_denied' });
    expect(sent).toHaveLength(2);
  });

  it('declines under its own word', async () => {
    const { sent, decision } = await begun({ json: { denied: true } });
    expect(await decision.decline(key())).toEqual({ ok: true });
    expect(sent[1]).toEqual({ method: 'POST', path: '/v1/qrAuth/deny', body: { sessionId, publicKey: publicKeyOf(privateKey), signature: key().sign(`nu.id.deny:1:${sessionId}`) } });
  });

  it('asks whether the digits were typed with the signature it has', async () => {
    const { sent, decision } = await begun({ json: { ...scanned, confirmed: true } }, 'no network');
    expect(await decision.isConfirmed()).toEqual({ ok: true, value: true });
    expect(sent[1]).toEqual(sent[0]);
    expect(await decision.isConfirmed()).toMatchObject({ ok: false, code: 'no_network' });
  });

  it.each([[{ ...scanned, sessionId: 'other' }], [{ ...scanned, choices: null }], [{ ...scanned, confirmation: 'type' }], [{ ...scanned, confirmation: 'new' }], [null], [[]]])(
    'shows nothing it does not understand: %j', async (json) => {
      const { phone } = scripted({ json });
      expect(await Decision.begin(phone, key(), sessionId, wait)).toEqual({ ok: false, code: 'not_understood' });
    });

  it('reads the nonce of a token and nothing of what is none', () => {
    expect(nonceOf(`e30.${Buffer.from('{"nonce":"é?~x"}', 'latin1').toString('base64url')}.x`)).toBe('é?~x');
    for (const text of [undefined, null, 1, '', 'a.b.c', 'e30.e30.x', 'e30.bnVsbA.x']) expect(nonceOf(text)).toBeNull();
  });
});
