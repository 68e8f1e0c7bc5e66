/** What the server wrote into the page: the message, and the one origin that may read it. */
export interface Envelope {
  /** A web origin as a browser prints it: never `*`, never a path. */
  readonly target: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** The window that opened this one, as far as another origin may touch it. */
export interface Opener {
  readonly closed: boolean;
  postMessage(message: unknown, target: string): void;
}

export type Outcome = 'delivered' | 'opener-gone';

/** @throws when the text is not an envelope, or its target is anything but exactly one origin. */
export function readEnvelope(text: string): Envelope {
  const envelope = JSON.parse(text) as Envelope;
  if (new URL(envelope.target).origin !== envelope.target) throw new Error('The target is not an origin.');
  return envelope;
}

/** Sends the message, unchanged, to the opener if it still shows a page of the target origin. The browser checks that. */
export function deliver(envelope: Envelope, opener: Opener | null): Outcome {
  if (!opener || opener.closed) return 'opener-gone';
  opener.postMessage(envelope.message, envelope.target);
  return 'delivered';
}
