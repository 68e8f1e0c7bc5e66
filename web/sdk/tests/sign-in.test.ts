import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GapuraError } from '../src/errors';
import type { SignInOptions } from '../src/options';
import { signIn } from '../src/sign-in';
import { later, stage, type Page } from './page';

const issuer = 'https://gapura.example';
const message = { access_token: 'a.b.c', expires_in: 900, username: 'cobajualan', npwp: '018263453454543', iss: issuer };
const begin = (more: Partial<SignInOptions> = {}) => signIn({ issuer, ticket: () => 'aabb', language: 'en', state: 's-1', ...more });
/** The window has been sent to the server, and listens. */
const sentOff = (page: Page): Promise<void> => vi.waitFor(() => expect(page.opened[0]!.went).toHaveLength(1), { interval: 1, timeout: 5000 });
const codeOf = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'a result', (trouble: GapuraError) => trouble.code);
const say = (page: Page, data: unknown, origin = issuer, source: unknown = page.opened[0]): void => [...page.heard].forEach((hear) => hear({ origin, source, data }));
const sent = (page: Page): URLSearchParams => new URL(page.opened[0]!.went[0]!).searchParams;

afterEach(() => vi.unstubAllGlobals());

describe('a popup', () => {
  it('is opened in the click, before the ticket is asked for, and is sent on when it is there', async () => {
    const page = stage();
    const attempt = begin();
    expect(page.opened).toHaveLength(1);
    expect(page.opened[0]!.document.body.textContent).toBe('Opening the sign-in page…');
    await sentOff(page);
    expect(page.opened[0]!.went[0]).toBe(`${issuer}/seamlesslogin/?token=aabb&state=s-1&ui_locales=en&ack=1`);
    say(page, { ...message, state: 's-1' });
    expect(await attempt).toEqual({ accessToken: 'a.b.c', expiresIn: 900, username: 'cobajualan', npwp: '018263453454543', issuer, state: 's-1' });
    expect(page.opened[0]!.posted).toEqual([[{ gapura: 'received', state: 's-1' }, issuer]]);
    expect(page.heard).toEqual([]);
  });

  it.each([
    ['another origin', (page: Page) => say(page, { ...message, state: 's-1' }, 'https://gapura.example.evil')],
    ['another window', (page: Page) => say(page, { ...message, state: 's-1' }, issuer, {})],
    ['another state', (page: Page) => say(page, { ...message, state: 's-2' })],
    ['no state', (page: Page) => say(page, message)],
    ['nothing', (page: Page) => say(page, null)],
    ['no token', (page: Page) => say(page, { state: 's-1' })],
  ])('is not believed when it is %s that speaks', async (_, speak) => {
    const page = stage();
    const attempt = begin({ timeout: 400 });
    await sentOff(page);
    speak(page);
    expect(await codeOf(attempt)).toBe('timeout');
    expect(page.opened[0]!.posted).toEqual([]);
  });

  it.each([{ ...message, access_token: 5 }, { ...message, expires_in: '900' }, { ...message, npwp: 18263453454543 }, { ...message, iss: 'https://other.example' }])(
    'with a message of another shape is refused: %j', async (wrong) => {
      const page = stage();
      const attempt = begin();
      await sentOff(page);
      say(page, { ...wrong, state: 's-1' });
      expect(await codeOf(attempt)).toBe('invalid_answer');
    });

  it('hands on a code for the backend, with the verifier whose hash was sent', async () => {
    const page = stage();
    const attempt = begin({ response: 'code', returnUrl: '/return' });
    await sentOff(page);
    expect(sent(page).get('redirect_uri')).toBe('https://truk.example/return');
    expect(sent(page).get('response_type')).toBe('code');
    say(page, { code: 'c-1', state: 's-1', iss: issuer });
    const result = (await attempt) as { codeVerifier: string };
    expect(result).toMatchObject({ code: 'c-1', state: 's-1', issuer, redirectUri: 'https://truk.example/return' });
    expect(createHash('sha256').update(result.codeVerifier).digest('base64url')).toBe(sent(page).get('code_challenge'));
    expect(page.kept.size).toBe(0);
  });

  it('that is closed ends the attempt soon, but not before a message on its way', async () => {
    const page = stage();
    const attempt = begin();
    await sentOff(page);
    page.opened[0]!.closed = true;
    await later(400);
    say(page, { ...message, state: 's-1' });
    expect(await codeOf(attempt)).toBe('a result');

    const again = stage();
    const second = begin();
    await sentOff(again);
    again.opened[0]!.closed = true;
    expect(await codeOf(second)).toBe('closed');
  });

  it('that only looks closed is waited for at the return page', async () => {
    const page = stage({ policy: 'same-origin', answers: (address) => ({ body: address.endsWith('/collect') ? message : {} }) });
    const states: string[] = [];
    const attempt = begin({ returnUrl: '/return', onState: (state) => states.push(state) });
    await sentOff(page);
    page.opened[0]!.closed = true;
    await vi.waitFor(() => expect(states).toContain('detached'), { timeout: 5000 });
    const channel = new BroadcastChannel('gapura');
    const taken = new Promise((resolve) => (channel.onmessage = ({ data }) => data.gapura === 'taken' && resolve(data.state)));
    channel.postMessage({ gapura: 'return', back: { state: 's-0', code: 'other', iss: issuer } });
    channel.postMessage({ gapura: 'return', back: { state: 's-1', code: 'c-1', iss: issuer } });
    expect(await taken).toBe('s-1');
    expect(await attempt).toMatchObject({ accessToken: 'a.b.c', state: 's-1' });
    expect(page.asked.find(({ address }) => address.endsWith('/collect'))?.fields.code).toBe('c-1');
    channel.close();
  });

  it('at a page nobody registered is closed', async () => {
    const page = stage({ answers: () => ({ body: { origin_ok: false, domain: 'https://tautauberes.id' } }) });
    expect(await codeOf(begin())).toBe('wrong_origin');
    expect(page.opened[0]!.closed).toBe(true);
  });

  it('whose ticket the server refuses is closed, and a server that knows no preflight is not minded', async () => {
    stage({ answers: () => ({ status: 403, body: { error: 'API key is not valid or is expired / revoked.' } }) });
    expect(await codeOf(begin())).toBe('ticket_unavailable');
    stage({ answers: () => ({ status: 404, body: { error: 'not_found' } }) });
    expect(await codeOf(begin({ timeout: 80 }))).toBe('timeout');
  });
});

describe('an attempt', () => {
  it('is replaced by the next one', async () => {
    const page = stage();
    const [first, second] = [begin(), begin({ timeout: 50 })];
    expect(await codeOf(first)).toBe('superseded');
    expect(page.opened[0]!.closed).toBe(true);
    expect(await codeOf(second)).toBe('timeout');
  });

  it('is aborted by its signal, before it begins and later', async () => {
    const page = stage();
    const controller = new AbortController();
    const attempt = begin({ signal: controller.signal });
    await sentOff(page);
    controller.abort();
    expect(await codeOf(attempt)).toBe('aborted');
    expect(await codeOf(begin({ signal: controller.signal }))).toBe('aborted');
    expect(page.opened).toHaveLength(1);
  });

  it.each([
    [{ issuer: 'gapura.example' }, 'invalid_options'],
    [{ issuer: 'https://gapura.example/path' }, 'invalid_options'],
    [{ returnUrl: 'https://elsewhere.example/return' }, 'wrong_return'],
    [{ mode: 'redirect' as const }, 'return_missing'],
  ])('with the options %j is %s, and opens nothing', async (options, code) => {
    const page = stage();
    expect(await codeOf(begin(options))).toBe(code);
    expect(page.opened).toEqual([]);
  });

  it('without a secure page cannot use codes, but still the documented message', async () => {
    const page = stage();
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes });
    expect(await codeOf(begin({ response: 'code' }))).toBe('insecure_context');
    const attempt = begin({ returnUrl: '/return' });
    await sentOff(page);
    expect(sent(page).has('redirect_uri')).toBe(false);
    say(page, { ...message, state: 's-1' });
    expect(await codeOf(attempt)).toBe('a result');
  });
});

describe('without a popup', () => {
  it.each([{ blocked: true }, { agent: 'Mozilla/5.0 (Linux; Android 14; wv) Version/4.0 Chrome/126.0 Safari/537.36' }])('the window itself goes, and keeps its verifier: %j', async (how) => {
    const page = stage(how);
    const attempt = begin({ returnUrl: '/return', timeout: 1000 });
    await vi.waitFor(() => expect(page.went).toHaveLength(1), { interval: 1, timeout: 900 });
    const went = new URL(page.went[0]!).searchParams;
    expect([went.get('display'), went.get('ack'), went.get('redirect_uri')]).toEqual(['page', null, 'https://truk.example/return']);
    const kept = JSON.parse(page.kept.get('gapura:s-1')!) as { verifier: string };
    expect(createHash('sha256').update(kept.verifier).digest('base64url')).toBe(went.get('code_challenge'));
    expect(await codeOf(attempt)).toBe('timeout');
  });

  it('and without a return page it says so', async () => {
    stage({ blocked: true });
    expect(await codeOf(begin())).toBe('popup_blocked');
    stage({ agent: 'iPhone AppleWebKit Mobile/15E148' });
    expect(await codeOf(begin())).toBe('return_missing');
  });

  it('an attempt that has ended sends the window nowhere', async () => {
    const page = stage({ blocked: true });
    const attempt = begin({ returnUrl: '/return', timeout: 20, ticket: () => later(60).then(() => 'aabb') });
    expect(await codeOf(attempt)).toBe('timeout');
    await later(100);
    expect(page.went).toEqual([]);
  });
});
