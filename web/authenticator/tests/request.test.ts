import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { areAsked, digestOf, Request } from '../src/ceremony/request';
import { newPrivateKey, publicKeyOf } from '../src/signer/key';
import { requestTexts, scopeTexts } from '../src/texts/requests';
import { Unlocked } from '../src/vault/unlocked';
import type { Asked } from '../src/wire/answers';
import { scripted, type Says } from './fakes';

const privateKey = newPrivateKey();
const key = () => new Unlocked(publicKeyOf(privateKey), new Uint8Array(privateKey));
const asked: Asked = {
  id: 'r1', openedAt: 1678549997, expires: 1678550120, platform: { clientId: 'bank', name: 'Bank Té', company: 'PT Bank', domain: 'https://bank.example' }, message: 'W4SCT', scope: ['openid', 'profile'],
};
const wait = () => Promise.resolve();
const begun = (...says: Says[]) => {
  const server = scripted(...says);
  return { ...server, request: new Request(server.phone, asked, wait) };
};

describe('a request without a screen', () => {
  it('is digested text by text with its length in bytes, so that no two run together', async () => {
    expect(await digestOf(asked)).toBe(createHash('sha256').update('2:r14:bank8:Bank Té20:https://bank.example5:W4SCT14:openid profile10:1678550120').digest('hex'));
    expect(await digestOf({ ...asked, message: null })).not.toBe(await digestOf(asked));
    expect(await digestOf({ ...asked, message: 'W4SC', scope: ['Topenid', 'profile'] })).not.toBe(await digestOf(asked));
  });

  it.each(['approve', 'decline', 'report'] as const)('is answered with a signature over the decision and what was shown: %s', async (decision) => {
    const { sent, request } = begun({ json: { decision: 'x' } });
    expect(await request.decide(key(), decision)).toMatchObject({ ok: true });
    const signature = key().sign(`nu.id.request:1:r1:${decision}:${await digestOf(asked)}`);
    expect(sent).toEqual([{ method: 'POST', path: '/v1/phone/requests/r1', body: { decision, publicKey: publicKeyOf(privateKey), signature } }]);
  });

  it('is asked about again when the answer got lost, and not when it was no', async () => {
    const { sent, request } = begun('no network', 'no network', { json: { decision: 'approved' } }, { status: 404, json: { error: 'not_found' } });
    expect(await request.decide(key(), 'approve')).toMatchObject({ ok: true });
    expect(sent[2]).toEqual(sent[0]);
    expect(await request.decide(key(), 'approve')).toEqual({ ok: false, code: 'not_found' });
    expect(sent).toHaveLength(4);
  });

  it('is never signed with a key that has closed', async () => {
    const { sent, request } = begun();
    const closed = key();
    closed.close();
    expect(await request.decide(closed, 'approve')).toEqual({ ok: false, code: 'no_unlock' });
    expect(sent).toHaveLength(0);
  });

  it('says how long there is', () => expect(begun().request.left).toBe(120));

  it('is shown only when it is understood whole', () => {
    expect(areAsked([asked, { ...asked, message: null }])).toBe(true);
    for (const broken of [null, {}, [null], [{ ...asked, message: 1 }], [{ ...asked, platform: null }], [{ ...asked, scope: 'openid' }], [{ ...asked, id: 1 }]]) expect(areAsked(broken)).toBe(false);
  });

  it('speaks both languages', () => {
    const texts = [...Object.values(requestTexts).map((each) => (typeof each === 'function' ? each('Bank' as never, '1' as never) : each)), ...Object.values(scopeTexts)];
    for (const { id, en } of texts) for (const sentence of [id, en]) expect(sentence).not.toBe('');
  });
});
