import type { Envelope } from './deliver';

/** How long a page that promised to answer may take, in milliseconds. */
const patience = 3000;

/** A message as the browser hands it over: its origin is the browser's own word. */
export interface Heard {
  readonly origin: string;
  readonly data: unknown;
}

export interface ListeningWindow {
  addEventListener(type: 'message', listener: (event: Heard) => void): void;
  removeEventListener(type: 'message', listener: (event: Heard) => void): void;
  setTimeout(action: () => void, milliseconds: number): unknown;
}

/** A receipt that may still come. */
export interface Awaited {
  forget(): void;
}

/**
 * Waits until a page of exactly the target origin says that it has received this very message. Begun before the message
 * is sent, so that no answer is missed.
 */
export function waitForReceipt(window: ListeningWindow, envelope: Envelope, received: () => void, missed: () => void): Awaited {
  let isOver = false;
  const forget = (): void => {
    isOver = true;
    window.removeEventListener('message', hear);
  };
  const end = (then: () => void): void => {
    if (isOver) return;
    forget();
    then();
  };
  const hear = (event: Heard): void => {
    if (event.origin === envelope.target && isReceipt(event.data, envelope.message['state'])) end(received);
  };
  window.addEventListener('message', hear);
  window.setTimeout(() => end(missed), patience);
  return { forget };
}

function isReceipt(data: unknown, state: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const receipt = data as Record<string, unknown>;
  return receipt['gapura'] === 'received' && receipt['state'] === state;
}
