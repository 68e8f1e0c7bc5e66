import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GapuraError } from '../src/errors';
import { stage } from './page';

const issuer = 'https://gapura.example';
const message = { access_token: 'a.b.c', expires_in: 900, username: 'cobajualan', npwp: '018263453454543' };
const kept = JSON.stringify({ issuer, response: 'token', verifier: 'v-1', redirectUri: 'https://truk.example/return' });
const address = (query: string): string => `https://truk.example/return?page=2&${query}`;
const codeOf = (attempt: Promise<unknown>): Promise<unknown> => attempt.catch((trouble: GapuraError) => trouble.code);

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

describe('the return page', () => {
  it('collects with the verifier that was kept, once, and cleans its address', async () => {
    const page = stage({ href: address(`code=c-1&state=s-1&iss=${issuer}`), answers: () => ({ body: message }) });
    page.kept.set('gapura:s-1', kept);
    const { resume } = await import('../src/return');
    expect(await resume()).toMatchObject({ accessToken: 'a.b.c', state: 's-1' });
    expect(page.asked).toEqual([{ address: `${issuer}/seamlesslogin/collect`, fields: { code: 'c-1', code_verifier: 'v-1' } }]);
    expect(page.went).toEqual(['https://truk.example/return?page=2']);
    expect(page.kept.size).toBe(0);
  });

  it.each([
    ['no issuer', 'code=c-1&state=s-1', 'invalid_answer'],
    ['another issuer', 'code=c-1&state=s-1&iss=https://evil.example', 'invalid_answer'],
    ['an error', 'error=access_denied&state=s-1', 'denied'],
  ])('refuses an answer with %s, and redeems nothing', async (_, query, code) => {
    const page = stage({ href: address(query) });
    page.kept.set('gapura:s-1', kept);
    const { resume } = await import('../src/return');
    expect(await codeOf(resume())).toBe(code);
    expect(page.asked).toEqual([]);
  });

  it('hands the code on where it is the backend that redeems it', async () => {
    const page = stage({ href: address(`code=c-1&state=s-1&iss=${issuer}`) });
    page.kept.set('gapura:s-1', kept.replace('token', 'code'));
    const { resume } = await import('../src/return');
    expect(await resume()).toEqual({ code: 'c-1', codeVerifier: 'v-1', redirectUri: 'https://truk.example/return', issuer, state: 's-1' });
    expect(page.asked).toEqual([]);
  });

  it('tries again when the network fails, and says what the server says', async () => {
    let tries = 0;
    const page = stage({ href: address(`code=c-1&state=s-1&iss=${issuer}`), answers: () => (++tries < 3 ? { status: 502, body: undefined } : { status: 400, body: { error: 'invalid_grant', error_description: 'no' } }) });
    page.kept.set('gapura:s-1', kept);
    const { resume } = await import('../src/return');
    expect(await resume().catch((trouble: GapuraError) => [trouble.code, trouble.detail])).toEqual(['denied', '400 invalid_grant no']);
    expect(tries).toBe(3);
  }, 10_000);

  it('is null where nothing came back, or only what another library waits for', async () => {
    stage();
    const { resume } = await import('../src/return');
    expect(await resume()).toBeNull();
    stage({ href: address('code=c-1&state=theirs') });
    expect(await resume()).toBeNull();
  });

  it('knows a state of its own making that nobody here began', async () => {
    stage({ href: address('code=c-1&state=gapura.x') });
    const { resume } = await import('../src/return');
    expect(await codeOf(resume({ language: 'en' }))).toBe('return_unknown');
  });
});
