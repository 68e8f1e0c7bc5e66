import { readFileSync } from 'node:fs';

const { version, files } = JSON.parse(readFileSync(new URL('../dist/manifest.json', import.meta.url), 'utf8'));
console.log(`Gapura ${version}`);
for (const [name, { bytes, brotli }] of Object.entries(files)) console.log(`${name.padEnd(18)}${String(bytes).padStart(8)} bytes${String(brotli).padStart(8)} brotli`);
