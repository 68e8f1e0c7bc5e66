/** A "no" of the server, or of the way to it (`no_network`, `not_understood`). */
export interface No {
  readonly ok: false;
  readonly code: string;
  /** Seconds, where the server said when to try again. */
  readonly retryAfter?: number;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | No;

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Longer than the slowest answer over a bad network, shorter than a person's patience. */
const patience = 15_000;

/** Sends one request and reads one answer. It also learns what time the server has: a phone's clock is often wrong. */
export class Client {
  readonly #fetch: Fetch;
  readonly #clock: () => number;
  #ahead = 0;

  constructor(fetch: Fetch = (address, init) => globalThis.fetch(address, init), clock: () => number = Date.now) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /** Unix seconds by the server's clock, or by the phone's until the server has answered once. */
  now(): number {
    return Math.floor((this.#clock() + this.#ahead) / 1000);
  }

  async send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
        headers: body === undefined ? { Accept: 'application/json' } : { Accept: 'application/json', 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch {
      return { ok: false, code: 'no_network' };
    }
    this.#learn(response.headers.get('Date'));
    return read<T>(response, text);
  }

  #learn(date: string | null): void {
    const server = date ? Date.parse(date) : Number.NaN;
    // A whole second is lost in the header: an offset smaller than two is none.
    if (!Number.isNaN(server)) this.#ahead = Math.abs(server - this.#clock()) < 2000 ? 0 : server - this.#clock();
  }
}

function read<T>(response: Response, text: string): Answer<T> {
  try {
    if (response.ok) return { ok: true, value: (text === '' ? undefined : JSON.parse(text)) as T };
    const { error } = JSON.parse(text) as { error?: unknown };
    const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
    const code = typeof error === 'string' ? error : fallback(response.status);
    return { ok: false, code, ...(Number.isFinite(wait) ? { retryAfter: wait } : {}) };
  } catch {
    // A hotel's own sign-in page, a proxy's error: not our server.
    return { ok: false, code: response.ok ? 'not_understood' : fallback(response.status) };
  }
}

const fallback = (status: number): string => (status >= 500 ? 'server_error' : 'not_understood');
