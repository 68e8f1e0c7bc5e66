/** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  Promise.race([new Promise<void>((resolve) => setTimeout(resolve, milliseconds)), ended(signal)]);

/** Rejects with the signal's reason when it is aborted, and never resolves. */
export const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => whenEnded(signal, () => reject(signal.reason)));

export function whenEnded(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act);
}
