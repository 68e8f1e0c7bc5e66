import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { brick, ground, icon, white } from './build/icons';

const base = '/authenticator/';

/** Drawn, not kept: the gate has one home, its path. */
const icons: Plugin = {
  name: 'icons',
  generateBundle() {
    const draw = (fileName: string, source: Buffer): void => void this.emitFile({ type: 'asset', fileName, source });
    draw('icon-192.png', icon(192, 0.8, brick, ground));
    draw('icon-512.png', icon(512, 0.8, brick, ground));
    draw('maskable-512.png', icon(512, 0.56, white, brick));
    draw('badge-96.png', icon(96, 0.9, white, null));
  },
};

/** Tells the worker what to keep. The server writes the version, which depends on its settings too. */
const precache: Plugin = {
  name: 'precache',
  enforce: 'post',
  generateBundle(_, bundle) {
    const worker = bundle['sw.js'];
    if (worker?.type !== 'chunk') throw new Error('There is no worker.');
    const files = [...Object.keys(bundle).filter((name) => name.startsWith('assets/')), 'icon-192.png', 'badge-96.png'].map((name) => base + name);
    if (!worker.code.includes('__FILES__') || !worker.code.includes('__VERSION__')) throw new Error('The worker has no place for its files.');
    worker.code = worker.code.replace('__FILES__', files.join(','));
  },
};

/** Compressed once here, so that the server never spends a request's time on it. */
const compress: Plugin = {
  name: 'compress',
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((each) => each.startsWith('assets/'))) {
      const file = join(dir ?? 'dist', name);
      const plain = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(plain));
      writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
    }
  },
};

export default defineConfig({
  base,
  plugins: [icons, precache, compress],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: { index: 'index.html', sw: 'worker/sw.ts' },
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
