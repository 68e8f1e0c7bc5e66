// Door two: the QR code. Copy this file; it needs nothing of your backend.

const POLL = 2000;
const SLOWEST_POLL = 30000;

/**
 * Shows codes until somebody has signed in, then resolves with { accessToken, expiresIn }.
 * `onCode({ image, sessionId, expires })` is called with every new code, `image` being an address for <img>;
 * `onTrouble(true | false)` when the server cannot be reached, and when it can again.
 * Rejects only when `signal` is aborted.
 */
export async function signInWithQr({ issuer, clientId, signal, onCode, onTrouble }) {
  // The nonce is this screen's claim: it is not in the QR code, and never leaves this page but to the server.
  let nonce = randomText(32);
  let code = null;
  let pause = POLL;

  for (;;) {
    const renew = code === null || Date.now() >= code.expires * 1000;
    try {
      const answer = await ask({ issuer, clientId, nonce, returnQrCode: renew, signal });
      onTrouble(false);
      pause = POLL;
      if (typeof answer.accessToken === 'string') return answer;
      // The server offers a fresh session id every time; the code on the screen stays until its own expiry.
      if (renew) {
        code = answer;
        onCode({ image: `data:image/png;base64,${code.qrcode}`, sessionId: code.sessionId, expires: code.expires });
      }
    } catch (trouble) {
      signal.throwIfAborted();
      if (trouble.message === 'nonce_spent') {
        nonce = randomText(32); // an answer was delivered and got lost on the way: begin again
        code = null;
      } else {
        onTrouble(true);
        pause = Math.min(pause * 2, SLOWEST_POLL);
      }
    }
    // Wake up early for a code that expires; a wrong clock must not turn this into a busy loop.
    const left = code ? code.expires * 1000 - Date.now() : 0;
    await sleep(left > 0 ? Math.min(pause, left) : pause, signal);
  }
}

async function ask({ issuer, clientId, nonce, returnQrCode, signal }) {
  // As a form, not as JSON: a form needs no CORS preflight, which halves the requests of a waiting screen.
  const response = await fetch(`${issuer}/v1/qrAuth`, {
    method: 'POST',
    body: new URLSearchParams({ clientId, nonce, returnQrCode: String(returnQrCode) }),
    signal,
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? 'unavailable');
  return answer;
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}

function randomText(length) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let text = '';
  while (text.length < length) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 248) text += alphabet[byte % 62]; // 248 = 4 × 62: every character is equally likely
  }
  return text;
}
