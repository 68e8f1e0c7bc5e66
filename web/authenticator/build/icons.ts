import { deflateSync, crc32 } from 'node:zlib';

type Colour = readonly [number, number, number];
type Point = readonly [number, number];

/** One half of the gate, in a square of 48; the other is its mirror image. The same drawing as on the pages. */
const half: readonly Point[][] = [
  [[21.5, 2.5], [17.2, 11], [21.5, 11]],
  [[14, 10.9], [16.2, 12.6], [21.5, 12.6], [21.5, 19.5], [16.2, 19.5]],
  [[10.2, 19.4], [12.8, 21.1], [21.5, 21.1], [21.5, 28.5], [12.8, 28.5]],
  [[6.4, 28.4], [9.4, 30.1], [21.5, 30.1], [21.5, 38.5], [9.4, 38.5]],
  [[3, 40.1], [21.5, 40.1], [21.5, 45], [3, 45]],
];
/** Flat lists of coordinates, each with the box around it: most points lie outside, and are done with at once. */
const gate = [...half, ...half.map((shape) => shape.map(([x, y]): Point => [48 - x, y]))].map((shape) => {
  const [xs, ys] = [shape.map(([x]) => x), shape.map(([, y]) => y)];
  return { xs, ys, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
});
const samples = 4;

export const brick: Colour = [0xa3, 0x45, 0x2b];
export const ground: Colour = [0xf5, 0xf2, 0xec];
export const white: Colour = [0xff, 0xff, 0xff];

/**
 * Draws the gate as a PNG (ISO/IEC 15948).
 * @param part how much of the width the drawing takes; a maskable icon keeps to the inner 80 %.
 * @param on the ground, or null for none.
 */
export function icon(size: number, part: number, ink: Colour, on: Colour | null): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const covered = coverage(x, y, size, part);
      const at = y * (1 + size * 4) + 1 + x * 4;
      for (let c = 0; c < 3; c++) rows[at + c] = on ? Math.round((ink[c] ?? 0) * covered + (on[c] ?? 0) * (1 - covered)) : (ink[c] ?? 0);
      rows[at + 3] = on ? 255 : Math.round(255 * covered);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function coverage(x: number, y: number, size: number, part: number): number {
  let hits = 0;
  const toDrawing = (at: number): number => ((at / size - 0.5) / part + 0.5) * 48;
  for (let i = 0; i < samples; i++)
    for (let j = 0; j < samples; j++) if (isInside(toDrawing(x + (i + 0.5) / samples), toDrawing(y + (j + 0.5) / samples))) hits++;
  return hits / (samples * samples);
}

function isInside(x: number, y: number): boolean {
  for (const shape of gate) if (x > shape.left && x < shape.right && y > shape.top && y < shape.bottom && isWithin(x, y, shape)) return true;
  return false;
}

// Even-odd rule: a ray to the right crosses the edge an odd number of times.
function isWithin(x: number, y: number, { xs, ys }: { xs: number[]; ys: number[] }): boolean {
  let inside = false;
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    const [xi = 0, yi = 0, xj = 0, yj = 0] = [xs[i], ys[i], xs[j], ys[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, check]);
}
