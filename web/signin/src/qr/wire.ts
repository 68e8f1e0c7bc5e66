/** A no of the server with its code, or nothing heard at all: then the same may be asked again a little later. */
export type No =
  | { readonly kind: 'refused'; readonly error: string; readonly triesLeft?: number }
  | { readonly kind: 'trouble'; readonly retryIn: number };

export type Opened = {
  readonly kind: 'opened';
  readonly sessionId: string;
  /** The picture of the code: a PNG in base64. */
  readonly png: string;
  /** How far this machine's clock is ahead of the server's, in milliseconds. */
  readonly ahead: number;
};

export type Tokens = { readonly kind: 'tokens'; readonly accessToken: string };

export type Confirmed = { readonly kind: 'confirmed' };

/** How long to wait before asking again, where the server does not say. */
const patience = 2_000;

/** What the screen asks of the server: docs/phone.md, "The screen". */
export class Wire {
  constructor(
    private readonly clientId: string,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  open(nonce: string): Promise<Opened | No> {
    const question = { clientId: this.clientId, nonce, nonceMethod: 'S256', returnQrCode: true };
    return this.ask('/v1/qrAuth', question, (answer, date) => ({
      kind: 'opened',
      sessionId: text(answer['sessionId']),
      png: text(answer['qrcode']),
      ahead: Number.isNaN(date) ? 0 : Date.now() - date,
    }));
  }

  confirm(sessionId: string, verifier: string, code: string): Promise<Confirmed | No> {
    return this.ask('/v1/qrAuth/confirm', { sessionId, verifier, code }, () => ({ kind: 'confirmed' }));
  }

  collect(sessionId: string, verifier: string): Promise<Tokens | No> {
    const read = (answer: Answer): Tokens => ({ kind: 'tokens', accessToken: text(answer['accessToken']) });
    return this.ask('/v1/qrAuth/collect', { sessionId, verifier }, read);
  }

  /** Says no from this side: whoever scanned is not who sits here. Nobody waits for the answer. */
  abandon(sessionId: string, verifier: string): void {
    void this.ask('/v1/qrAuth/abandon', { sessionId, verifier }, () => ({ kind: 'abandoned' }));
  }

  /** The address of the events, for a stream and for a single question alike. */
  eventsOf(nonce: string): string {
    return `/v1/qrAuth/events?${new URLSearchParams({ clientId: this.clientId, nonce }).toString()}`;
  }

  private async ask<T>(path: string, question: object, read: (answer: Answer, date: number) => T): Promise<T | No> {
    try {
      const response = await this.fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(question),
        cache: 'no-store',
        // The verifier goes to our own server and nowhere an answer may point to.
        redirect: 'error',
      });
      if (response.ok) return read((await response.json()) as Answer, Date.parse(response.headers.get('Date') ?? ''));
      return await refusal(response);
    } catch {
      return { kind: 'trouble', retryIn: patience };
    }
  }
}

type Answer = Readonly<Record<string, unknown>>;

/** A busy or a broken server is trouble that passes; whatever else it says is a decision. */
export async function refusal(response: Response): Promise<No> {
  if (response.status === 429 || response.status >= 500) {
    const seconds = Number(response.headers.get('Retry-After') ?? '');
    return { kind: 'trouble', retryIn: seconds > 0 ? seconds * 1_000 : patience };
  }
  const answer = (await response.json().catch(() => ({}))) as Answer;
  const [error, triesLeft] = [answer['error'], answer['triesLeft']];
  return { kind: 'refused', error: typeof error === 'string' ? error : 'unknown', ...(typeof triesLeft === 'number' ? { triesLeft } : {}) };
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('Not the answer that is documented.');
  return value;
}
