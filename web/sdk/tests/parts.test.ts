import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GapuraError, named, type GapuraCode } from '../src/errors';
import { isInApp, severs } from '../src/open';
import { originOf } from '../src/options';
import { newProof, randomText } from '../src/pkce';
import { loadTicket, tokenIn } from '../src/ticket';
import { stage } from './page';

afterEach(() => vi.unstubAllGlobals());

describe('a ticket', () => {
  it.each([['aabb'], [{ token: 'aabb' }], [{ data: { token: 'aabb' }, status: 200 }]])('is read from %j', (answer) => expect(tokenIn(answer)).toBe('aabb'));
  it.each([[''], ['a b'], [null], [undefined], [5], [{}], [{ token: '' }], [{ token: 5 }], [{ data: null }], [[]]])('is not read from %j', (answer) => expect(tokenIn(answer)).toBeUndefined());

  it('comes from the address of a route, and a route that fails is named with its status', async () => {
    stage({ answers: (address) => (address === '/ticket' ? { body: { token: 'aabb' } } : { status: 502, body: {} }) });
    const { signal } = new AbortController();
    expect(await loadTicket('/ticket', 1000, signal)).toBe('aabb');
    expect(await loadTicket('/other', 1000, signal).catch((trouble: GapuraError) => trouble.detail)).toContain('502');
  });
});

describe('the proof', () => {
  it('is 43 characters of base64url each time anew', async () => {
    const [one, two] = [await newProof(), await newProof()];
    for (const text of [one.verifier, one.challenge, randomText()]) expect(text).toMatch(/^[\w-]{43}$/);
    expect(one.verifier).not.toBe(two.verifier);
  });
});

describe('an issuer', () => {
  it.each(['https://nle.kemenkeu.go.id', 'https://nle.kemenkeu.go.id/', 'https://NLE.kemenkeu.go.id:443'])('%s is an origin', (text) => expect(originOf(text)).toBe('https://nle.kemenkeu.go.id'));
  it.each(['', '*', 'null', '/', 'nle.kemenkeu.go.id', 'https://nle.kemenkeu.go.id/a', 'https://u@nle.kemenkeu.go.id', 'data:text/html,x', 'javascript:1'])('%s is none', (text) => expect(() => originOf(text)).toThrow(GapuraError));
});

describe('a browser', () => {
  it.each([
    'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Version/4.0 Chrome/126.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1 [FBAN/FBIOS]',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/14.9.0',
  ])('inside an app is known: %s', (agent) => expect(isInApp(agent)).toBe(true));
  it.each([
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  ])('of its own is not mistaken for one: %s', (agent) => expect(isInApp(agent)).toBe(false));
  it.each([['same-origin', true], ['same-origin; report-to="x"', true], ['same-origin-plus-COEP', true], ['same-origin-allow-popups', false], ['noopener-allow-popups', false], ['unsafe-none', false], [null, false]])(
    'with the header %s cuts popups off: %s', (policy, cuts) => expect(severs(policy)).toBe(cuts));
});

describe('an error', () => {
  const codes = [...readFileSync(new URL('../src/errors.ts', import.meta.url), 'utf8').matchAll(/^ {2}(\w+): '/gm)].map((found) => found[1] as GapuraCode);

  it.each(codes)('%s says something else in each language, and what to do', (code) => {
    const [indonesian, english] = [new GapuraError(code, 'x', 'id'), named(new GapuraError(code, 'x'), 'en')];
    expect(indonesian.message).toMatch(/^[A-Z].*\.$/);
    expect(english.message).toMatch(/^[A-Z].*\.$/);
    expect(indonesian.message).not.toBe(english.message);
    expect(english).toMatchObject({ name: 'GapuraError', code, detail: 'x' });
    expect(english.mend).toMatch(/\.$/);
  });

  it('is in the table of docs/sdk.md', () => {
    const docs = readFileSync(new URL('../../../docs/sdk.md', import.meta.url), 'utf8');
    expect(codes.filter((code) => !docs.includes(`| \`${code}\` |`))).toEqual([]);
    expect(codes.length).toBeGreaterThan(10);
  });
});
