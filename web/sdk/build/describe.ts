import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { transformWithEsbuild, type Plugin } from 'vite';
import { version } from '../package.json';

/**
 * Compresses what was built, once, so that the server never spends a request's time on it, and writes the manifest that
 * tells partners what to put into `integrity`.
 */
export const describe: Plugin = {
  name: 'describe',
  // In a module Vite leaves white space, for those who bundle further; ours is loaded as it is.
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || chunk.fileName.startsWith('nle')) continue;
      chunk.code = (await transformWithEsbuild(chunk.code, chunk.fileName, { minify: true, target: 'es2021', charset: 'utf8' })).code;
    }
  },
  writeBundle({ dir = 'dist' }) {
    const names = readdirSync(dir).filter((name) => /\.m?js$/.test(name));
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

const addressOf = (name: string): string => (name.startsWith('nlelogin') ? `/seamlesslogin/${name}` : `/sdk/${name.replace('gapura', `gapura-${version}`)}`);
