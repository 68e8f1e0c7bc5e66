import { GapuraError } from './errors';
import { newProof } from './pkce';
import { ask, askAgain } from './redeem';
import { sleep, whenEnded } from './time';

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
  onCode: (png: string, sessionId: string) => void;
  /** `confirm` hands in the four typed digits. */
  onState: (state: QrState, confirm: (digits: string) => Promise<unknown>) => void;
  onTrouble: () => void;
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
  for (let pause = poll; ; ) {
    try {
      const result = await once(watch, signal);
      if (result) return result;
      pause = poll; // declined, or not decided in time: a new code with a new secret
    } catch (trouble) {
      if ((trouble as GapuraError).code !== 'network') throw trouble;
      watch.onTrouble();
      await sleep(pause, signal);
      pause = Math.min(pause * 2, 30_000);
    }
  }
}

/** One secret: codes are shown until one is scanned, and that one is followed to its end. Null when it came to nothing. */
async function once({ issuer, clientId, onCode, onState }: QrWatch, signal: AbortSignal): Promise<QrResult | null> {
  const { verifier, challenge: nonce } = await newProof();
  let latest: QrState = { state: 'waiting' };
  let wake = (): void => {};
  let deadline = 0;
  const end = new AbortController();
  whenEnded(signal, () => end.abort());
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
        const { qrcode, sessionId } = await ask(`${issuer}/v1/qrAuth`, { clientId, nonce, nonceMethod: 'S256', returnQrCode: 'true' });
        if (latest !== seen) continue;
        onCode(String(qrcode), String(sessionId));
      } else if (seen.state === 'approved') {
        const { accessToken, expiresIn } = await askAgain(`${issuer}/v1/qrAuth/collect`, { sessionId: seen.sessionId!, verifier });
        return { accessToken: String(accessToken), expiresIn: Number(expiresIn), issuer };
      } else if (seen.state === 'scanned' || seen.state === 'confirmed') {
        // Whatever this machine's clock makes of the server's times.
        deadline ||= Date.now() + Math.min(Math.max(seen.expires! * 1000 - Date.now(), 30_000), 600_000);
        pause = deadline - Date.now();
        if (pause <= 0) return null;
      } else return null; // denied; or collected, and the answer got lost
      if (latest === seen) await Promise.race([sleep(pause, signal), new Promise<void>((resolve) => (wake = resolve))]);
    }
  } finally {
    end.abort();
  }
}

/** Events while they come; the state of now every two seconds where something between us and the server holds them back. */
function listen(address: string, signal: AbortSignal, heard: (now: QrState) => void): void {
  let last = '';
  const hear = (text: string): void => {
    if (text !== last) heard(JSON.parse((last = text)) as QrState);
  };
  const events = new EventSource(address);
  const askInstead = async (): Promise<void> => {
    for (events.close(); !signal.aborted; await sleep(poll, signal).catch(() => {})) {
      const answer = await fetch(address, { headers: { accept: 'application/json' }, signal }).catch(() => undefined);
      if (answer?.ok) hear(await answer.text());
    }
  };
  const giveUp = setTimeout(askInstead, quiet);
  events.addEventListener('state', ({ data }: MessageEvent<string>) => {
    clearTimeout(giveUp);
    hear(data);
  });
  events.onerror = () => {
    if (events.readyState < 2) return; // it connects again by itself
    clearTimeout(giveUp);
    void askInstead();
  };
  whenEnded(signal, () => {
    clearTimeout(giveUp);
    events.close();
  });
}
