/** What the server wrote into the page: the message, and the one origin that may read it. */
export interface Envelope {
  /** A web origin as a browser prints it: never `*`, never a path. */
  readonly target: string;
  readonly message: Readonly<Record<string, unknown>>;
  /** The page says that it has received the message. */
  readonly ack?: boolean;
  /** The platform's return page with its code, for when the opener cannot be reached. */
  readonly return?: string;
}

/** The window that opened this one, as far as another origin may touch it. */
export interface Opener {
  readonly closed: boolean;
  postMessage(message: unknown, target: string): void;
}

export type Outcome = 'delivered' | 'opener-gone';

/** @throws when the text is not an envelope, its target is anything but exactly one origin, or its return page no web page. */
export function readEnvelope(text: string): Envelope {
  const envelope = JSON.parse(text) as Envelope;
  if (new URL(envelope.target).origin !== envelope.target) throw new Error('The target is not an origin.');
  if (envelope.return !== undefined && !/^https?:$/.test(new URL(envelope.return).protocol)) throw new Error('The return page is no web page.');
  return envelope;
}

/** Sends the message, unchanged, to the opener if it still shows a page of the target origin. The browser checks that. */
export function deliver(envelope: Envelope, opener: Opener | null): Outcome {
  if (!opener || opener.closed) return 'opener-gone';
  try {
    opener.postMessage(envelope.message, envelope.target);
  } catch {
    // A browser that refuses to send has no opener for us.
    return 'opener-gone';
  }
  return 'delivered';
}
