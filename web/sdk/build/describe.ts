import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { transformWithEsbuild, type Plugin } from 'vite';
import { version } from '../package.json';

const isScript = /\.m?js$/;
const banner = `/*! Gapura ${version}, Apache-2.0 */\n`;

/** Makes the smallest text of a module: Vite leaves white space there, for those who bundle further. */
export const shrink: Plugin = {
  name: 'shrink',
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.fileName.startsWith('gapura')) continue;
      const { code } = await transformWithEsbuild(chunk.code, chunk.fileName, { minify: true, target: 'es2021', charset: 'utf8' });
      chunk.code = banner + (chunk.fileName.endsWith('.mjs') ? code : classic(code));
    }
  },
};

/** The same as a classic script: what the module exports, as members of `window.Gapura`. */
export function classic(code: string): string {
  const end = /export\{([^}]*)\};?\s*$/.exec(code);
  if (!end) throw new Error('The module exports nothing.');
  const members = end[1]!.split(',').map((name) => name.split(' as ').reverse().join(':'));
  return `(()=>{${code.slice(0, end.index)}window.Gapura={${members.join()}}})();\n`;
}

/**
 * Compresses what was built, and what earlier versions were (a page that has pinned one keeps it), once, so that the server never spends a request's time on it, and writes the manifest that
 * tells partners what to put into `integrity`.
 */
export const describe: Plugin = {
  name: 'describe',
  writeBundle({ dir = 'dist' }) {
    const released = join(import.meta.dirname, '../released');
    for (const name of readdirSync(released).filter((each) => isScript.test(each))) copyFileSync(join(released, name), join(dir, name));
    const names = readdirSync(dir).filter((name) => isScript.test(name));
    const files = Object.fromEntries(names.map((name) => {
      const plain = readFileSync(join(dir, name));
      const brotli = brotliCompressSync(plain);
      writeFileSync(join(dir, `${name}.br`), brotli);
      writeFileSync(join(dir, `${name}.gz`), gzipSync(plain, { level: 9 }));
      const integrity = `sha384-${createHash('sha384').update(plain).digest('base64')}`;
      return [name, { href: addressOf(name), integrity, bytes: plain.length, brotli: brotli.length }];
    }));
    writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify({ version, files }, null, 2)}\n`);
  },
};

const addressOf = (name: string): string => (name.startsWith('nlelogin') ? `/seamlesslogin/${name}` : `/sdk/${name.replace(/^gapura\./, `gapura-${version}.`)}`);
