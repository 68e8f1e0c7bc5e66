// Door two, the newer way: the screen hears at once when a phone has scanned, shows who did, and the person confirms that
// phone and screen belong together. Copy this file; it needs nothing of your backend.

const RENEW = 20_000; // a code can be scanned for 30 seconds
const SHORTEST = 30_000;
const LONGEST = 600_000; // to decide in: whatever this machine's clock makes of the server's times
const QUIET = 5_000; // a proxy that holds events back is found out after this time
const POLL = 2_000;
const SLOWEST_POLL = 30_000;

/**
 * Shows codes until somebody has signed in, then resolves with { accessToken, expiresIn }.
 * `onCode({ image, sessionId, expires })`: show this code now; `image` is an address for <img>, `expires` Unix seconds.
 * `onState({ state, by, digits, confirmation, triesLeft, reason, confirm })`: what became of it. `state` is `waiting`,
 *   `scanned`, `confirmed`, `approved` or `denied`; where `confirmation` is `type`, `confirm(code)` hands in the four
 *   digits and resolves with null, or with the tries that are left.
 * `onTrouble(true | false)`: the server cannot be reached, and can again.
 * Rejects only when `signal` is aborted.
 */
export async function signInWithLiveQr({ issuer, clientId, signal, onCode, onState, onTrouble }) {
  let pause = POLL;
  for (;;) {
    const end = new AbortController();
    const attempt = { issuer, clientId, onCode, onState, onTrouble, signal: AbortSignal.any([signal, end.signal]), verifier: randomText() };
    try {
      const tokens = await once(attempt);
      if (tokens) return tokens;
      pause = POLL; // declined, or not decided in time: a new code with a new secret
    } catch {
      signal.throwIfAborted();
      onTrouble(true);
      await sleep(pause, signal);
      pause = Math.min(pause * 2, SLOWEST_POLL);
    } finally {
      end.abort(); // ends what still listens for this attempt
    }
  }
}

// One secret: codes are shown until one is scanned, and that one is followed to its end. Null when it came to nothing.
async function once({ issuer, clientId, onCode, onState, onTrouble, signal, verifier }) {
  // Only the hash is ever sent before the end: whoever sees it on its way cannot collect.
  const nonce = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
  let latest = { state: 'waiting' };
  let wake = () => {};
  let deadline = 0;
  watch({ issuer, clientId, nonce, signal, heard: (now) => { latest = now; wake(); } });

  for (;;) {
    let pause = POLL;
    switch (latest.state) {
      case 'waiting': {
        const code = await post(issuer, '/v1/qrAuth', { clientId, nonce, nonceMethod: 'S256', returnQrCode: 'true' }, signal);
        if (latest.state !== 'waiting') continue;
        onTrouble(false);
        onState(latest);
        onCode({ image: `data:image/png;base64,${code.qrcode}`, sessionId: code.sessionId, expires: Math.round((Date.now() + RENEW) / 1000) });
        pause = RENEW;
        break;
      }
      case 'scanned':
      case 'confirmed':
        deadline ||= Date.now() + Math.min(Math.max(latest.expires * 1000 - Date.now(), SHORTEST), LONGEST);
        pause = deadline - Date.now();
        if (pause <= 0) return null;
        onState({ ...latest, confirm: (digits) => confirm(issuer, latest.sessionId, verifier, digits, signal) });
        break;
      case 'approved':
        onState(latest);
        return collect(issuer, latest.sessionId, verifier, signal);
      default: // denied; or collected, and the answer got lost
        onState(latest);
        return null;
    }
    const seen = latest;
    await Promise.race([sleep(pause, signal), new Promise((resolve) => { wake = resolve; if (latest !== seen) resolve(); })]);
  }
}

// Events while they come; the state of now every two seconds where something between us and the server holds them back.
function watch({ issuer, clientId, nonce, signal, heard }) {
  const address = `${issuer}/v1/qrAuth/events?${new URLSearchParams({ clientId, nonce })}`;
  const events = new EventSource(address);
  const ask = () => { clearTimeout(giveUp); events.close(); poll(address, signal, heard); };
  const giveUp = setTimeout(ask, QUIET);
  events.addEventListener('state', (event) => {
    clearTimeout(giveUp);
    heard(JSON.parse(event.data));
  });
  events.addEventListener('error', () => events.readyState === EventSource.CLOSED && ask()); // else it connects again by itself
  signal.addEventListener('abort', () => { clearTimeout(giveUp); events.close(); }, { once: true });
}

async function poll(address, signal, heard) {
  let last = '';
  while (!signal.aborted) {
    const answer = await fetch(address, { headers: { accept: 'application/json' }, signal }).catch(() => null);
    const text = answer?.ok ? await answer.text() : last;
    if (text !== last) heard(JSON.parse(text));
    last = text;
    await sleep(POLL, signal).catch(() => {});
  }
}

// Within a minute of the approval: a network that fails for a moment must not lose the sign-in.
async function collect(issuer, sessionId, verifier, signal) {
  for (let tries = 1; ; tries++) {
    try {
      return await post(issuer, '/v1/qrAuth/collect', { sessionId, verifier }, signal);
    } catch (trouble) {
      if (!(trouble instanceof TypeError) || tries === 5) throw trouble; // fetch says TypeError when nothing answered
      await sleep(POLL, signal);
    }
  }
}

async function confirm(issuer, sessionId, verifier, code, signal) {
  try {
    await post(issuer, '/v1/qrAuth/confirm', { sessionId, verifier, code }, signal);
    return null;
  } catch (trouble) {
    if (trouble.message === 'wrong_code') return trouble.triesLeft;
    if (trouble.message === 'sign_in_denied') return 0;
    throw trouble;
  }
}

// As a form, not as JSON: a form needs no CORS preflight.
async function post(issuer, path, fields, signal) {
  const response = await fetch(issuer + path, { method: 'POST', body: new URLSearchParams(fields), signal });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error ?? 'unavailable'), { triesLeft: answer.triesLeft });
  return answer;
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}

const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
