import { join } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { version } from './package.json';
import { describe } from './build/describe';

const folder = import.meta.dirname;
const banner = `/*! Gapura ${version}, Apache-2.0. Pin it: /sdk/manifest.json */`;

/** Three files, one a run: the classic script, the module, and the plugin of old pages, which none but ES5 may hold. */
const files: Record<string, { entry: string; format: 'iife' | 'es'; file: string; target: string; banner: string }> = {
  production: { entry: 'gapura.ts', format: 'iife', file: 'gapura.js', target: 'es2021', banner },
  module: { entry: 'gapura.ts', format: 'es', file: 'gapura.mjs', target: 'es2021', banner },
  old: { entry: 'nlelogin.ts', format: 'iife', file: 'nlelogin.min.js', target: 'es5', banner: '' },
};

export default defineConfig(({ mode }): UserConfig => {
  const one = files[mode] ?? files.production!;
  return {
    plugins: [describe],
    build: {
      target: one.target,
      minify: 'esbuild',
      emptyOutDir: mode === 'production',
      lib: { entry: join(folder, 'src', one.entry), formats: [one.format], name: 'Gapura', fileName: () => one.file },
      rollupOptions: { output: { banner: one.banner, generatedCode: { symbols: false } } },
    },
  };
});
