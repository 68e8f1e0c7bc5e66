/** What the server says of a sign-in with a phone: docs/phone.md, "Wait". Times are Unix seconds. */
export type State =
  | { readonly state: 'waiting' }
  | Scanned
  | { readonly state: 'confirmed'; readonly sessionId: string; readonly expires: number; readonly by: string }
  | { readonly state: 'approved'; readonly sessionId: string }
  | { readonly state: 'denied'; readonly reason: string }
  | { readonly state: 'collected' };

export interface Scanned {
  readonly state: 'scanned';
  readonly sessionId: string;
  readonly expires: number;
  /** A masked hint: C••• J•••. */
  readonly by: string;
  readonly confirmation: 'match' | 'type' | 'none';
  /** With `match`: the two digits to be picked on the phone. */
  readonly digits?: string;
  /** With `type`: how often a wrong code may still be typed. */
  readonly triesLeft?: number;
}

/** Which members a state cannot do without, by its name. */
const needs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  waiting: {},
  scanned: { sessionId: 'string', expires: 'number', by: 'string', confirmation: 'string' },
  confirmed: { sessionId: 'string', expires: 'number', by: 'string' },
  approved: { sessionId: 'string' },
  denied: { reason: 'string' },
  collected: {},
};

/** @returns Null for anything that is not a state we know: a newer server may have more of them. */
export function readState(text: string): State | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const members = value as Record<string, unknown>;
  const name = members['state'];
  if (typeof name !== 'string' || !Object.keys(needs).includes(name)) return null;
  const missing = Object.entries(needs[name] ?? {}).some(([member, type]) => typeof members[member] !== type);
  return missing || (name === 'scanned' && !canBeConfirmed(members)) ? null : (members as unknown as State);
}

function canBeConfirmed(scanned: Record<string, unknown>): boolean {
  if (scanned['confirmation'] === 'match') return typeof scanned['digits'] === 'string';
  return scanned['confirmation'] === 'type' || scanned['confirmation'] === 'none';
}
