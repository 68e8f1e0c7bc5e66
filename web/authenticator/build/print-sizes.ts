import { largest, sizes, sum } from './sizes';

// Run by `npm run sizes`: prints what a first visit loads, and fails above the promise.
const { first, later } = sizes(new URL('../dist/', import.meta.url));
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
for (const [title, parts] of Object.entries({ 'first visit': first, 'then, in the background': later })) {
  console.log(title);
  for (const [name, bytes] of Object.entries(parts)) console.log(`${kB(bytes)}  ${name}`);
  console.log(`${kB(sum(parts))}  together`);
}
if (sum(first) > largest) process.exitCode = 1;
