/** How well a passphrase stands against somebody who copied the phone's data and guesses. */
export type Strength = 'too-short' | 'too-easy' | 'fair' | 'good' | 'strong';

const known = ['password', 'rahasia', 'bismillah', 'indonesia', 'sayang', 'qwertyui', 'katasandi', 'gapura', 'iloveyou', 'anjing', 'doraemon'];

/** @param own words everybody who has the phone in hand knows, such as the user name. */
export function strengthOf(passphrase: string, own: readonly string[] = []): Strength {
  const letters = [...passphrase.normalize('NFKC')];
  if (letters.length < 8) return 'too-short';
  const plain = passphrase.toLowerCase().replace(/[\s\d\W_]+$/u, '').replace(/\s+/g, '');
  const different = new Set(letters).size;
  if (different < 4 || isRun(letters) || known.includes(plain) || own.some((word) => word.length > 2 && plain === word.toLowerCase())) return 'too-easy';
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) => kind.test(passphrase)).length;
  if (/^\p{Nd}+$/u.test(passphrase)) return letters.length < 12 ? 'fair' : 'good';
  const score = letters.length + 2 * kinds + Math.min(different, 12);
  return score >= 32 ? 'strong' : score >= 22 ? 'good' : 'fair';
}

export const isEnough = (strength: Strength): boolean => strength !== 'too-short' && strength !== 'too-easy';

// 12345678, 87654321, abcdefgh: every letter one above or below the one before.
function isRun(letters: readonly string[]): boolean {
  const steps = letters.slice(1).map((letter, i) => (letter.codePointAt(0) ?? 0) - (letters[i]?.codePointAt(0) ?? 0));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}
