import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

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
  plugins: [compress],
  build: {
    target: 'es2020',
    manifest: 'manifest.json',
    // The policy of the pages allows no inline script, style or font: everything is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: ['src/signin.css', 'src/reference.css', 'src/popup.ts', 'src/handoff.ts', 'src/return.ts', 'src/signed-out.ts'],
    },
  },
});
