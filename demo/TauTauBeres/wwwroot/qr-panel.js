// The panel with the QR code: which way it signs in, what it shows, and what became of the code.

import { showToPhones } from './code-channel.js';
import { signInWithLiveQr } from './gapura-qr-live.js';
import { signInWithQr } from './gapura-qr.js';
import { say } from './texts.js';

const $ = (id) => document.getElementById(id);
const waiting = { state: 'waiting' };

let settings;
let signedIn;
let code = null;
let lifetime = 0;
let now = waiting;
let notice = '';
let trouble = false;
let handedIn = false;
let running = new AbortController();

/** `onSignedIn({ accessToken, expiresIn })` is called once for every start. */
export function preparePanel(given, onSignedIn) {
  settings = given;
  signedIn = onSignedIn;
  for (const way of document.querySelectorAll('[name=way]')) way.addEventListener('change', () => { notice = ''; startPanel(); });
  $('type-code').addEventListener('submit', handIn);
  setInterval(renderCountdown, 250);
}

export async function startPanel() {
  stopPanel();
  running = new AbortController();
  const { signal } = running;
  const signIn = document.querySelector('[name=way]:checked').value === 'old' ? signInWithQr : signInWithLiveQr;
  render();
  try {
    const answer = await signIn({
      issuer: settings.issuer,
      clientId: settings.clientId,
      signal,
      onCode: (next) => {
        code = next;
        lifetime = next.expires - Date.now() / 1000;
        showToPhones(next.sessionId);
        render();
      },
      onState: hear,
      onTrouble: (isThere) => { trouble = isThere; render(); },
    });
    // A refresh token came along. It belongs in a backend, not in a page, so this page lets it go.
    notice = '';
    signedIn(answer);
  } catch (reason) {
    if (!signal.aborted) throw reason;
  }
}

export function stopPanel() {
  running.abort();
  showToPhones(null);
  code = null;
  now = waiting;
  trouble = false;
}

export function render() {
  const asked = now.state === 'scanned' ? now.confirmation : null;
  $('qr').dataset.state = now.state;
  $('qr-image').hidden = code === null || now !== waiting;
  $('qr-waiting').hidden = code !== null || now !== waiting;
  if (code) $('qr-image').src = code.image;
  else $('qr-image').removeAttribute('src');
  $('qr-image').alt = say('qrAlt');
  $('qr-steps').hidden = now !== waiting;
  $('qr-countdown').parentElement.hidden = now !== waiting;
  $('qr-digits').hidden = asked !== 'match';
  $('qr-digits').textContent = asked === 'match' ? now.digits : '';
  $('qr-tick').toggleAttribute('hidden', now === waiting || asked === 'match' || asked === 'type'); // SVG has no property for it
  $('type-code').hidden = asked !== 'type';
  $('qr-by').textContent = now.by ? say('qrBy').replace('{by}', now.by) : '';
  $('qr-next').textContent = now === waiting ? '' : say(asked ? `qr_${asked}` : `qr_${now.state}`).replace('{n}', now.digits);
  $('qr-status').textContent = say(trouble ? 'qrTrouble' : notice).replace('{n}', now.triesLeft ?? '');
  $('scan-command').textContent = code ? `demo/scan.sh '${code.sessionId}'` : '';
  renderCountdown();
}

function hear(next) {
  if (next.state === 'denied') notice = `denied_${next.reason ?? 'declined'}`;
  const isNew = next.sessionId !== now.sessionId;
  now = ['scanned', 'confirmed', 'approved'].includes(next.state) ? { ...next, triesLeft: next.triesLeft ?? now.triesLeft } : waiting;
  if (now !== waiting) showToPhones(null); // nobody else can scan it any more
  if (now !== waiting && isNew) {
    notice = '';
    handedIn = false;
    $('typed').value = '';
  }
  render();
  if (isNew && now.confirmation === 'type') $('typed').focus();
}

async function handIn(submitted) {
  submitted.preventDefault();
  if (handedIn || !now.confirm) return;
  const code = $('typed').value.trim();
  if (!/^[0-9]{4}$/.test(code)) {
    notice = 'fourDigits';
    return render();
  }
  handedIn = true; // a second press must not cost a second try
  const left = await now.confirm(code).catch(() => undefined);
  handedIn = false;
  if (left > 0) {
    now.triesLeft = left;
    notice = 'wrongCode';
    $('typed').value = '';
    $('typed').focus();
  } else if (left === null) {
    notice = '';
  }
  render();
}

function renderCountdown() {
  const left = code ? Math.max(0, code.expires - Date.now() / 1000) : 0;
  const time = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, '0')}`;
  $('qr-progress').value = code ? left / lifetime : 0;
  $('qr-countdown').textContent = code ? say('qrLeft').replace('{time}', time) : '';
}
