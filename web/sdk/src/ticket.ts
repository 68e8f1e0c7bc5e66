import { GapuraError } from './errors';
import type { SignInOptions } from './options';
import { sleep } from './time';

/**
 * A login ticket from the page's own backend.
 * @throws GapuraError `ticket_unavailable`, whatever the source did: threw, was late, or answered something else.
 */
export async function loadTicket(source: SignInOptions['ticket'], limit: number, signal: AbortSignal): Promise<string> {
  const late = sleep(limit, signal).then(() => {
    throw new GapuraError('ticket_unavailable', `no answer in ${limit} ms`);
  });
  return Promise.race([late, read(source, signal)]);
}

async function read(source: SignInOptions['ticket'], signal: AbortSignal): Promise<string> {
  let detail = 'no token in the answer';
  try {
    const answer: unknown = typeof source === 'string' ? await load(source, signal) : await source();
    const token = tokenIn(answer);
    if (token) return token;
  } catch (cause) {
    detail = String(cause);
  }
  throw new GapuraError('ticket_unavailable', detail);
}

async function load(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { cache: 'no-store', headers: { accept: 'application/json' }, signal });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** @returns undefined for anything but a ticket, which is never empty and holds no space. */
export function tokenIn(answer: unknown): string | undefined {
  const { token, data } = Object(answer) as { token?: unknown; data?: unknown };
  const text = typeof answer === 'string' ? answer : token ?? (Object(data) as { token?: unknown }).token;
  return typeof text === 'string' && /^\S+$/.test(text) ? text : undefined;
}
