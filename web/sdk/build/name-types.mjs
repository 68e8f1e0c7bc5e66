// Declarations name their neighbours with an extension, or TypeScript does not find them where modules are Node's.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const folder = new URL('../dist/types/', import.meta.url);
for (const name of readdirSync(folder)) {
  const file = new URL(name, folder);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(from '|import\(')(\.\/[\w-]+)(?=')/g, '$1$2.js'));
}
