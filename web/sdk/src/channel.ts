import { whenEnded } from './time';

/** What the return page brings, in another window of the same origin. */
export type Returned = Readonly<Record<'state' | 'code' | 'iss' | 'error', string | undefined>>;

type Note = { gapura: 'return'; back: Returned } | { gapura: 'taken'; state: string };

/** Resolves with what the return page brings for this state, and tells it that it was taken. */
export function waitForReturn(state: string, signal: AbortSignal): Promise<Returned> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel('gapura');
    whenEnded(signal, () => channel.close());
    channel.onmessage = ({ data }: MessageEvent<Note>) => {
      if (data.gapura !== 'return' || data.back.state !== state) return;
      channel.postMessage({ gapura: 'taken', state });
      resolve(data.back);
    };
  });
}

/** Brings it to the page that waits for it. `taken` may be called late: a page in the background can be asleep. */
export function handBack(back: Returned, taken: () => void): void {
  const channel = new BroadcastChannel('gapura');
  channel.onmessage = ({ data }: MessageEvent<Note>) => {
    if (data.gapura === 'taken' && data.state === back.state) taken();
  };
  channel.postMessage({ gapura: 'return', back });
}
