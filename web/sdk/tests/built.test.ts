import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { classic } from '../build/describe';

const folder = new URL('..', import.meta.url).pathname;

async function built(mode: string): Promise<string> {
  const made = await build({ root: folder, mode, logLevel: 'silent', configFile: `${folder}vite.config.ts`, build: { write: false } });
  return (Array.isArray(made) ? made[0]! : (made as Exclude<typeof made, { close: unknown }>)).output[0].code;
}

describe('the classic script', async () => {
  const code = await built('production');

  it('with both elements is under 6,144 bytes of brotli', () => expect(brotliCompressSync(code).length).toBeLessThan(6144));

  it('names no target but an exact one', () => expect(code).not.toMatch(/postMessage\([^)]*["'`]\*/));

  it('is what the module is', async () => {
    const module = await built('module');
    expect(code.slice(code.indexOf('(()=>{') + 6).startsWith(module.slice(module.indexOf('\n') + 1, 2000))).toBe(true);
    expect(classic('const a=1;export{a as signIn,b};')).toBe('(()=>{const a=1;window.Gapura={signIn:a,b}})();\n');
  });

  it('can be loaded where there is no page', async () => expect(Object.keys(await import('../src/gapura')).sort()).toEqual(['GapuraButton', 'GapuraError', 'GapuraQr', 'preflight', 'resume', 'signIn']));
});

describe('the package', () => {
  it('has the version of the server', () => {
    const version = /<Version>(.*)<\/Version>/.exec(readFileSync(new URL('../../../Directory.Build.props', import.meta.url), 'utf8'))?.[1];
    expect(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version).toBe(version);
  });
});

describe('the documented plugin', () => {
  it('is nothing younger than ES5', async () => expect(await built('old')).not.toMatch(/=>|`|\b(?:let|const|class|async|await)\b|\?\.|\?\?|\.\.\./));
});
