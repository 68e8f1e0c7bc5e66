import { readState, type State } from './state';
import { refusal } from './wire';

/** A stream that has said nothing for so long is being held back by something between here and the server. */
const silence = 4_000;
const pollEvery = 2_000;
const mostFailures = 3;

export interface Hearing {
  state(state: State): void;
  /** The server does not tell: its reason. */
  refused(error: string): void;
  /** Nothing can be heard just now; it is being tried again. */
  trouble(): void;
}

export interface Ears {
  readonly EventSource: new (address: string) => Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>;
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Hears every change of a sign-in: by server-sent events, and by asking every two seconds where those do not get
 * through.
 * @returns Ends it.
 */
export function listen(address: string, hearing: Hearing, ears: Ears): () => void {
  let ended = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stream = new ears.EventSource(address);
  timer = setTimeout(askInstead, silence);

  stream.addEventListener('state', (event) => {
    if (ended) return;
    clearTimeout(timer);
    failures = 0;
    const state = readState(String((event as MessageEvent).data));
    if (state) hearing.state(state);
  });
  stream.addEventListener('error', () => {
    if (ended) return;
    failures++;
    // The first is nothing: whatever stands between closes a stream from time to time, and it comes back by itself.
    if (failures > 1) hearing.trouble();
    // 2 is CLOSED: the browser gives up by itself only where the server refused.
    if (stream.readyState === 2 || failures >= mostFailures) askInstead();
  });

  function askInstead(): void {
    stream.close();
    clearTimeout(timer);
    if (!ended) void ask();
  }

  async function ask(): Promise<void> {
    let wait = pollEvery;
    try {
      const response = await ears.fetch(address, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      if (ended) return;
      if (response.ok) {
        const state = readState(await response.text());
        if (state && !ended) hearing.state(state);
      } else {
        const no = await refusal(response);
        if (ended) return;
        if (no.kind === 'refused') return hearing.refused(no.error);
        wait = Math.max(wait, no.retryIn);
        hearing.trouble();
      }
    } catch {
      if (!ended) hearing.trouble();
    }
    if (!ended) timer = setTimeout(() => void ask(), wait);
  }

  return () => {
    ended = true;
    clearTimeout(timer);
    stream.close();
  };
}
