import { waitForReturn } from './channel';
import { GapuraError } from './errors';
import { isCutOff } from './open';
import { sleep } from './time';

/** What a popup says: the documented message, or a code; unread so far. */
export type Answer = Readonly<Record<string, unknown>>;

const glance = 300;
const grace = 900;
const cutEarly = 4000;

export interface Waiting {
  issuer: string;
  state: string;
  popup: Window;
  /** Whether there is a page that a popup can go to when it cannot answer. */
  hasReturn: boolean;
  /** When the popup was sent to the server, as milliseconds; 0 before. */
  sent: number;
  /** The popup can no longer be seen from here: only the return page will tell. */
  onDetached: () => void;
}

/** Whichever comes first: the popup's message, or what the return page brings. */
export function waitForAnswer(waiting: Waiting, signal: AbortSignal): Promise<Answer> {
  return Promise.race([waitForMessage(waiting, signal), waitForReturn(waiting.state, signal).then((back) => ({ ...back }))]);
}

function waitForMessage({ issuer, state, popup }: Waiting, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent): void => {
      const { origin, source, data } = event;
      // Anybody may post to this window: only the server's exact origin, from the very window of this attempt, counts.
      if (origin !== issuer || source !== popup || Object(data).state !== state || !(data.access_token || data.code)) return;
      removeEventListener('message', hear);
      popup.postMessage({ gapura: 'received', state }, issuer);
      resolve(data);
    };
    addEventListener('message', hear);
    signal.addEventListener('abort', () => removeEventListener('message', hear), { once: true });
  });
}

/**
 * Rejects with `closed` soon after the person has closed the window, and never resolves. A page whose own header cuts
 * it off sees every window as closed: then the return page is waited for, if there is one.
 */
export async function watchClosed(waiting: Waiting, signal: AbortSignal): Promise<never> {
  while (!waiting.popup.closed) await sleep(glance, signal);
  const after = performance.now() - waiting.sent;
  if (waiting.sent && ((await isCutOff()) ?? (waiting.hasReturn && after < cutEarly))) {
    if (!waiting.hasReturn) throw new GapuraError('return_missing', 'Cross-Origin-Opener-Policy');
    waiting.onDetached();
    return new Promise(() => {});
  }
  await sleep(grace, signal); // its message can be on its way
  throw new GapuraError('closed');
}
