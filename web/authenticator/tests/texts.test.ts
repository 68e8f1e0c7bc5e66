import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusals, refusalText } from '../src/texts/refusals';
import { reasonTexts } from '../src/texts/review';

const document = readFileSync(new URL('../../../docs/phone.md', import.meta.url), 'utf8');
const words = [...document.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map((match) => match[1] ?? '');
const reasons = /`reasons`: why it is risky: ([^.]*)\./.exec(document)?.[1]?.match(/[a-z_]+(?=`)/g) ?? [];
// Words of the document that are no refusals: what a screen is told, not a phone.
const others = new Set([...reasons, 'wrong_choice', 'first_use', 'public_key']);
const codes = [...new Set(words)].filter((word) => !others.has(word));

describe('the sentences', () => {
  it('find the codes of the document', () => {
    expect(codes.length).toBeGreaterThanOrEqual(13);
    expect(codes).toContain('already_scanned');
    expect(reasons.length).toBeGreaterThanOrEqual(6);
  });

  it.each(codes)('say what %s means, in both languages', (code) => expect(refusals[code], code).toBeDefined());

  it.each(reasons)('say why %s is risky', (reason) => expect(reasonTexts[reason], reason).toBeDefined());

  it.each(Object.entries({ ...refusals, ...reasonTexts }))('%s is a sentence in both languages, and not the same one', (_, { id, en }) => {
    for (const sentence of [id, en]) expect(sentence).toMatch(/^[A-Z].{8,}\.$/);
    expect(id).not.toBe(en);
  });

  it('have one for a refusal nobody has heard of, even one with a curious name', () => {
    for (const code of ['never_heard', 'toString', '__proto__']) expect(refusalText(code).id).toMatch(/^Server menolak/);
  });
});
