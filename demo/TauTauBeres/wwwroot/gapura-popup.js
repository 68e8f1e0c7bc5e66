// Door one: the sign-in popup. Copy this file; it needs one route of your own backend, GET /login-ticket.

/**
 * Opens the popup and resolves with what it sends back: { accessToken, expiresIn, username, npwp }.
 * Call it directly in a click handler. Rejects with an Error whose message is `popup_blocked`,
 * `signin_unavailable`, or `aborted` (you aborted `signal`, for instance because of a second click).
 * `onClosed` is a hint only: the person closed the window before finishing. Keep the button usable.
 */
export async function signInWithPopup({ issuer, language, waitingText, signal, onClosed }) {
  // First, and before anything is awaited: browsers block a window that no click opened.
  const popup = openCentred(waitingText);
  if (!popup) throw new Error('popup_blocked');

  // The popup returns the state it was opened with, so an answer meant for another attempt is not ours.
  const state = randomText(32);
  const answer = waitForAnswer({ issuer, state, signal });
  answer.catch(() => {}); // it is awaited below; an abort during the fetch must not be reported twice

  const url = await loginAddress(signal).catch((trouble) => {
    if (!signal.aborted) popup.close();
    throw trouble;
  });
  signal.throwIfAborted();
  url.searchParams.set('state', state);
  url.searchParams.set('ui_locales', language);
  popup.location.replace(url.href);

  const watch = setInterval(() => popup.closed && onClosed(), 1000);
  return answer.finally(() => clearInterval(watch));
}

function openCentred(waitingText) {
  const width = 445;
  const height = 650;
  const left = Math.round(window.screenX + (window.outerWidth - width) / 2);
  const top = Math.round(window.screenY + (window.outerHeight - height) / 2);
  // Never "noopener": the popup answers through window.opener. The name makes a second click reuse the window.
  const popup = window.open('about:blank', 'gapura-sign-in', `popup,width=${width},height=${height},left=${left},top=${top}`);
  popup?.focus();
  try {
    popup.document.body.textContent = waitingText;
  } catch {
    // A reused window may still be showing the sign-in server's page, which is not ours to write on.
  }
  return popup;
}

/** Our own backend holds the API key and exchanges it for a ticket that opens one popup. */
async function loginAddress(signal) {
  const response = await fetch('/login-ticket', { signal, cache: 'no-store' });
  if (!response.ok) throw new Error('signin_unavailable');
  return new URL((await response.json()).url);
}

function waitForAnswer({ issuer, state, signal }) {
  return new Promise((resolve, reject) => {
    const listen = (event) => {
      // Anybody may post a message to this window: only the server's exact origin counts.
      if (event.origin !== issuer) return;
      const answer = event.data;
      if (!answer || typeof answer.access_token !== 'string' || answer.state !== state) return;
      window.removeEventListener('message', listen);
      resolve({
        accessToken: answer.access_token,
        expiresIn: answer.expires_in,
        username: answer.username,
        npwp: answer.npwp,
      });
    };
    window.addEventListener('message', listen);
    signal.addEventListener('abort', () => {
      window.removeEventListener('message', listen);
      reject(new Error('aborted'));
    });
  });
}

function randomText(length) {
  return Array.from(crypto.getRandomValues(new Uint8Array(length / 2)), (b) => b.toString(16).padStart(2, '0')).join('');
}
