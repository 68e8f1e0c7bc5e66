import { waitForReceipt, type ListeningWindow } from './acknowledged';
import { deliver, readEnvelope, type Envelope, type Opener } from './deliver';

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

/** What a popup needs beyond that when its page asked for more than the documented message. */
export interface WayOn extends ListeningWindow {
  readonly location: { replace(address: string): void };
}

type State = 'working' | 'done' | 'gone';

/**
 * Gives the message to the page that opened this window and closes it. When that page cannot be reached, goes on to the
 * platform's return page; says what to do when there is none.
 */
export function handOff(page: MessagePage, window: PopupWindow, wayOn?: WayOn): void {
  const envelope = take(page);
  // Without an envelope the person's way on is the same as with a vanished opener: back to the platform, once more.
  if (!envelope) return show(page, 'gone');

  const close = (): void => {
    window.close();
    window.setTimeout(() => show(page, 'done'), closing);
  };
  const goOn = (): void => (envelope.return && wayOn ? wayOn.location.replace(envelope.return) : show(page, 'gone'));

  const receipt = envelope.ack && wayOn ? waitForReceipt(wayOn, envelope, close, goOn) : null;
  if (deliver(envelope, window.opener) === 'opener-gone') {
    receipt?.forget();
    goOn();
  } else if (!receipt) close();
}

function take(page: MessagePage): Envelope | null {
  const block = page.getElementById('message');
  try {
    return readEnvelope(block?.textContent ?? '');
  } catch {
    return null;
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
