import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

/** What a first visit loads before the app can be used, and what comes after; bytes as sent, brotli where it helps. */
export function sizes(dist: URL): { readonly first: Record<string, number>; readonly later: Record<string, number> } {
  const page = readFileSync(new URL('index.html', dist));
  const first: Record<string, number> = { 'index.html': brotliCompressSync(page).length };
  for (const [, name = ''] of page.toString().matchAll(/(?:src|href)="\/authenticator\/((?:assets\/|icon-)[^"]+)"/g))
    first[name] = name.startsWith('assets/') ? readFileSync(new URL(`${name}.br`, dist)).length : readFileSync(new URL(name, dist)).length;
  const worker = readFileSync(new URL('sw.js', dist));
  const later: Record<string, number> = { 'sw.js': brotliCompressSync(worker).length };
  for (const [name = ''] of worker.toString().matchAll(/assets\/[A-Za-z0-9._-]+/g)) if (!(name in first)) later[name] = readFileSync(new URL(`${name}.br`, dist)).length;
  return { first, later };
}

export const sum = (parts: Record<string, number>): number => Object.values(parts).reduce((a, b) => a + b, 0);

/** The promise: a first visit over a slow network. */
export const largest = 150_000;
