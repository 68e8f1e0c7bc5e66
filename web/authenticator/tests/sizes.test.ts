import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { largest, sizes, sum } from '../build/sizes';

const dist = new URL('../dist/', import.meta.url);

it.skipIf(!existsSync(dist))('a first visit loads less than 150 kB', () => {
  const { first } = sizes(dist);
  expect(Object.keys(first).length).toBeGreaterThanOrEqual(4);
  expect(sum(first)).toBeLessThan(largest);
});
