import { GapuraError } from './errors';
import { newProof } from './pkce';
import { ask } from './redeem';
import { sleep } from './time';

/** What became of the code, as `/v1/qrAuth/events` tells it. */
export interface QrState {
  state: 'waiting' | 'scanned' | 'confirmed' | 'approved' | 'denied' | 'collected';
  sessionId?: string;
  expires?: number;
  by?: string;
  confirmation?: 'match' | 'type' | 'none';
  digits?: string;
  triesLeft?: number;
  reason?: string;
}

export interface QrWatch {
  issuer: string;
  clientId: string;
  onCode: (png: string) => void;
  /** `confirm` hands in the four typed digits. */
  onState: (state: QrState, confirm: (digits: string) => Promise<unknown>) => void;
  onTrouble: (isThere: boolean) => void;
}

export interface QrResult {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  issuer: string;
}

const renew = 20_000; // a code can be scanned for 30 seconds
const poll = 2000;
const quiet = 5000; // a proxy that holds events back is found out after this time

/** Shows codes until somebody has signed in. Ends by the signal, or because the server does not know the platform. */
export async function watchQr(watch: QrWatch, signal: AbortSignal): Promise<QrResult> {
  for (let pause = poll; ; pause = Math.min(pause * 2, 30_000)) {
    const end = new AbortController();
    const stop = (): void => end.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (let result: QrResult | null; ; pause = poll) {
        if ((result = await once(watch, end.signal))) return result;
      }
    } catch (trouble) {
      if (signal.aborted || (trouble as GapuraError).code !== 'network') throw trouble;
      watch.onTrouble(true);
      await sleep(pause, signal);
    } finally {
      stop(); // ends what still listens for this attempt
    }
  }
}

/** One secret: codes are shown until one is scanned, and that one is followed to its end. Null when it came to nothing. */
async function once({ issuer, clientId, onCode, onState, onTrouble }: QrWatch, signal: AbortSignal): Promise<QrResult | null> {
  const { verifier, challenge: nonce } = await newProof();
  let latest: QrState = { state: 'waiting' };
  let wake = (): void => {};
  let deadline = 0;
  const end = new AbortController();
  signal.addEventListener('abort', () => end.abort(), { once: true });
  listen(`${issuer}/v1/qrAuth/events?${new URLSearchParams({ clientId, nonce })}`, end.signal, (now) => {
    latest = now;
    wake();
  });
  const confirm = (code: string): Promise<unknown> => ask(`${issuer}/v1/qrAuth/confirm`, { sessionId: latest.sessionId!, verifier, code });
  try {
    for (;;) {
      const seen = latest;
      let pause = renew;
      onState(seen, confirm);
      if (seen.state === 'waiting') {
        const { qrcode } = await ask(`${issuer}/v1/qrAuth`, { clientId, nonce, nonceMethod: 'S256', returnQrCode: 'true' });
        if (latest !== seen) continue;
        onTrouble(false);
        onCode(String(qrcode));
      } else if (seen.state === 'approved') {
        const { accessToken, expiresIn } = await collect(issuer, seen.sessionId!, verifier);
        return { accessToken: String(accessToken), expiresIn: Number(expiresIn), issuer };
      } else if (seen.state === 'scanned' || seen.state === 'confirmed') {
        // Whatever this machine's clock makes of the server's times.
        deadline ||= Date.now() + Math.min(Math.max(seen.expires! * 1000 - Date.now(), 30_000), 600_000);
        pause = deadline - Date.now();
        if (pause <= 0) return null;
      } else return null; // denied; or collected, and the answer got lost
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
        if (latest !== seen) resolve();
      });
      await Promise.race([sleep(pause, signal), woken]);
    }
  } finally {
    end.abort();
  }
}

async function collect(issuer: string, sessionId: string, verifier: string): Promise<Readonly<Record<string, unknown>>> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask(`${issuer}/v1/qrAuth/collect`, { sessionId, verifier });
    } catch (trouble) {
      if ((trouble as GapuraError).code !== 'network' || tries === 5) throw trouble;
      await new Promise((resolve) => setTimeout(resolve, poll));
    }
  }
}

/** Events while they come; the state of now every two seconds where something between us and the server holds them back. */
function listen(address: string, signal: AbortSignal, heard: (now: QrState) => void): void {
  const events = new EventSource(address);
  const stop = (): void => {
    clearTimeout(giveUp);
    events.close();
  };
  const askInstead = (): void => {
    stop();
    void pollFor(address, signal, heard);
  };
  const giveUp = setTimeout(askInstead, quiet);
  events.addEventListener('state', ({ data }: MessageEvent<string>) => {
    clearTimeout(giveUp);
    heard(JSON.parse(data) as QrState);
  });
  events.onerror = () => events.readyState === 2 && askInstead(); // else it connects again by itself
  signal.addEventListener('abort', stop, { once: true });
}

async function pollFor(address: string, signal: AbortSignal, heard: (now: QrState) => void): Promise<void> {
  for (let last = ''; !signal.aborted; await sleep(poll, signal).catch(() => {})) {
    const text = await fetch(address, { headers: { accept: 'application/json' }, signal }).then((r) => (r.ok ? r.text() : last), () => last);
    if (text !== last) heard(JSON.parse((last = text)) as QrState);
  }
}
