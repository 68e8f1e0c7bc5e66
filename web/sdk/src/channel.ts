/** What the return page brings, in another window of the same origin. */
export interface Returned {
  state: string;
  code?: string;
  iss?: string;
  error?: string;
}

type Note = { gapura: 'return'; back: Returned } | { gapura: 'taken'; state: string };

const open = (): BroadcastChannel | null => (typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('gapura'));

/** Resolves with what the return page brings for this state, and tells it that it was taken. */
export function waitForReturn(state: string, signal: AbortSignal): Promise<Returned> {
  return new Promise((resolve) => {
    const channel = open();
    if (!channel) return;
    signal.addEventListener('abort', () => channel.close(), { once: true });
    channel.onmessage = ({ data }: MessageEvent<Note>) => {
      if (data?.gapura !== 'return' || data.back?.state !== state) return;
      channel.postMessage({ gapura: 'taken', state });
      resolve(data.back);
    };
  });
}

/** Brings it to the page that waits for it. `taken` may be called late: a page in the background can be asleep. */
export function handBack(back: Returned, taken: () => void): void {
  const channel = open();
  if (!channel) return;
  channel.onmessage = ({ data }: MessageEvent<Note>) => {
    if (data?.gapura !== 'taken' || data.state !== back.state) return;
    channel.close();
    taken();
  };
  channel.postMessage({ gapura: 'return', back });
}
