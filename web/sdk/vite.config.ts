import { join } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { describe, shrink } from './build/describe';

/** Three files, one a run: the classic script, the module, and the plugin of old pages, which none but ES5 may hold. */
const files: Record<string, { entry: string; format: 'iife' | 'es'; file: string; target: string }> = {
  production: { entry: 'gapura.ts', format: 'es', file: 'gapura.js', target: 'es2021' },
  module: { entry: 'gapura.ts', format: 'es', file: 'gapura.mjs', target: 'es2021' },
  old: { entry: 'nlelogin.ts', format: 'iife', file: 'nlelogin.min.js', target: 'es5' },
};

export default defineConfig(({ mode }): UserConfig => {
  const { entry, format, file, target } = files[mode] ?? files.production!;
  return {
    plugins: [shrink, describe],
    build: {
      target,
      minify: format === 'iife' ? 'esbuild' : false,
      emptyOutDir: mode === 'production',
      lib: { entry: join(import.meta.dirname, 'src', entry), formats: [format], name: 'NLE', fileName: () => file },
    },
  };
});
