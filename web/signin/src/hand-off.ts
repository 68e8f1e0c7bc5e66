import { deliver, readEnvelope, type Opener, type Outcome } from './deliver';

/** How long a browser may take to close the window before the page says that it can be closed by hand. */
const closing = 600;

/** The parts of the message page this script touches: the data block and one element for each state. */
export interface MessagePage {
  getElementById(id: string): { textContent: string | null; hidden: boolean; remove(): void } | null;
}

export interface PopupWindow {
  readonly opener: Opener | null;
  close(): void;
  setTimeout(action: () => void, milliseconds: number): unknown;
}

type State = 'working' | 'done' | 'gone';

/** Gives the message to the page that opened this window and closes it; says what to do when either is impossible. */
export function handOff(page: MessagePage, window: PopupWindow): void {
  if (send(page, window.opener) === 'opener-gone') {
    show(page, 'gone');
    return;
  }
  window.close();
  window.setTimeout(() => show(page, 'done'), closing);
}

function send(page: MessagePage, opener: Opener | null): Outcome {
  const block = page.getElementById('message');
  try {
    return deliver(readEnvelope(block?.textContent ?? ''), opener);
  } catch {
    // Nothing was sent. The person's way on is the same as with a vanished opener: back to the platform, once more.
    return 'opener-gone';
  } finally {
    // The token has no business in a page that stays open.
    block?.remove();
  }
}

function show(page: MessagePage, state: State): void {
  for (const each of ['working', 'done', 'gone'] as const) {
    const element = page.getElementById(each);
    if (element) element.hidden = each !== state;
  }
}
