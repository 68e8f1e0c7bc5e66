import { defineConfig } from 'vite';

export default defineConfig({ envPrefix: 'GAPURA_' });
