import { GapuraError } from './errors';
import type { SignInOptions } from './options';
import { sleep } from './time';

/**
 * A login ticket from the page's own backend.
 * @throws GapuraError `ticket_unavailable`, whatever the source did: threw, was late, or answered something else.
 */
export async function loadTicket(source: SignInOptions['ticket'], limit: number, signal: AbortSignal): Promise<string> {
  let detail = 'no token';
  try {
    const answer = typeof source === 'string' ? load(source, signal) : source();
    const token = tokenIn(await Promise.race([answer, sleep(limit, signal)]));
    if (token) return token;
  } catch (cause) {
    detail = String(cause);
  }
  throw new GapuraError('ticket_unavailable', detail);
}

async function load(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { cache: 'no-store', signal });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** @returns undefined for anything but a ticket, which is never empty and holds no space. */
export function tokenIn(answer: unknown): string | undefined {
  const { token, data } = Object(answer) as { token?: unknown; data?: { token?: unknown } };
  const text = token ?? data?.token ?? answer;
  return typeof text === 'string' && /^\S+$/.test(text) ? text : undefined;
}
