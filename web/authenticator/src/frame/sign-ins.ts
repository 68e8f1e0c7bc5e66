import type { SignIn } from '../wire/answers';
import type { Answer } from '../wire/client';
import type { App } from './app';

/** What was last known, so that it can be shown without a network. */
export interface Known {
  readonly rows: readonly SignIn[];
  /** When the server said so; Unix seconds. */
  readonly at: number;
  /** Up to which moment the person has looked at it; Unix seconds. */
  readonly seen: number;
}

export const lastRows = async (app: App): Promise<Known | null> => (await app.cupboard.get<Known>('sign-ins').catch(() => undefined)) ?? null;

/** Asks the server, and remembers. */
export async function look(app: App, may: 'ask' | 'quietly'): Promise<Answer<SignIn[]>> {
  const answer = await app.withSession(app.phone.signIns, may);
  if (answer.ok) {
    // A phone that was just set up has nothing to catch up on.
    const seen = (await lastRows(app))?.seen ?? app.phone.client.now();
    await app.cupboard.put('sign-ins', { rows: answer.value, at: app.phone.client.now(), seen } satisfies Known);
  }
  return answer;
}

/** The person has seen everything up to the newest. */
export async function markSeen(app: App): Promise<void> {
  const known = await lastRows(app);
  if (known) await app.cupboard.put('sign-ins', { ...known, seen: Math.max(known.seen, ...known.rows.map((each) => each.at)) } satisfies Known);
}

/** Sign-ins since then that this phone did not approve itself: by another phone, or with the password. */
export const newOnes = (rows: readonly SignIn[], seen: number, ownName: string): SignIn[] =>
  rows.filter((each) => each.at > seen && each.outcome === 'approved' && (each.door === 'password' || each.device !== ownName));
