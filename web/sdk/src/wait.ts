import { waitForReturn } from './channel';
import { GapuraError } from './errors';
import { isCutOff } from './open';
import { ended, sleep, whenEnded } from './time';

/** What a popup says: the documented message, or a code; unread so far. */
export type Answer = Readonly<Record<string, unknown>>;

const glance = 300;
const grace = 900;

/** Whichever comes first: the popup's message, or what the return page brings. */
export const waitForAnswer = (issuer: string, state: string, popup: Window, signal: AbortSignal): Promise<Answer> =>
  Promise.race([waitForMessage(issuer, state, popup, signal), waitForReturn(state, signal)]);

function waitForMessage(issuer: string, state: string, popup: Window, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const hear = ({ origin, source, data }: MessageEvent): void => {
      // Anybody may post to this window: only the server's exact origin, from the very window of this attempt, counts.
      if (origin !== issuer || source !== popup || Object(data).state !== state || !(data.access_token || data.code)) return;
      popup.postMessage({ gapura: 'received', state }, issuer);
      resolve(data);
    };
    addEventListener('message', hear);
    whenEnded(signal, () => removeEventListener('message', hear));
  });
}

/**
 * Rejects with `closed` soon after the person has closed the window, and never resolves. A page whose own header cuts
 * it off sees every window as closed once it has left: then the return page is waited for, if there is one.
 */
export async function watchClosed(popup: Window, hasReturn: boolean, hasLeft: () => boolean, onDetached: () => void, signal: AbortSignal): Promise<never> {
  while (!popup.closed) await sleep(glance, signal);
  if (hasLeft() && ((await isCutOff()) ?? hasReturn)) {
    if (!hasReturn) throw new GapuraError('return_missing');
    onDetached();
    return ended(signal);
  }
  await sleep(grace, signal); // its message can be on its way
  throw new GapuraError('closed');
}
