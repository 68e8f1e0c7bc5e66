/** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    }, { once: true });
  });
}

/** Rejects when the signal is aborted, and never resolves. */
export const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(reasonOf(signal));
    signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true });
  });

// `reason` is younger than the oldest browsers this is made for, so it lies beside the signal too.
const reasons = new WeakMap<AbortSignal, unknown>();

export function abort(controller: AbortController, reason: unknown): void {
  if (controller.signal.aborted) return;
  reasons.set(controller.signal, reason);
  controller.abort();
}

const reasonOf = (signal: AbortSignal): unknown => reasons.get(signal) ?? signal;
