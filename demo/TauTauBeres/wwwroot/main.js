import { fetchDocuments, readForDisplay } from './customs.js';
import { signInWithPopup } from './gapura-popup.js';
import { signInWithQr } from './gapura-qr.js';
import { language, say, setLanguage, show } from './texts.js';

const $ = (id) => document.getElementById(id);

// Who is signed in. The token stays in memory: a reload signs out, and no other script of this origin finds it stored.
// A platform with a backend hands the token over at once, lets the backend check it, and keeps its own session cookie.
let user = null;
let documents = null;
let code = null;
let lifetime = 0;
let attempt = new AbortController();
let waiting = new AbortController();
let expiry = 0;
const notices = { status: '', 'qr-status': '', 'documents-status': '' };

const settings = await (await fetch('/settings')).json();

$('login-as').addEventListener('click', async () => {
  attempt.abort(); // a second click starts over
  attempt = new AbortController();
  const { signal } = attempt;
  notice('status', 'signingIn');
  try {
    const answer = await signInWithPopup({
      issuer: settings.issuer,
      language,
      waitingText: say('popupWaiting'),
      signal,
      onClosed: () => signal.aborted || user || notice('status', 'closed'),
    });
    signedIn({ ...answer, door: 'byPopup' });
  } catch (trouble) {
    if (signal.aborted) return;
    notice('status', trouble.message === 'popup_blocked' ? 'popup_blocked' : 'signin_unavailable');
  }
});

$('sign-out').addEventListener('click', () => signedOut('signedOut'));

$('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText($('scan-command').textContent);
  $('copy').textContent = say('copied');
  setTimeout(() => { $('copy').textContent = say('copy'); }, 1500);
});

for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => { setLanguage(button.dataset.language); render(); });
}

setInterval(renderCountdown, 250);
show();
render();
showQr();

async function showQr() {
  waiting = new AbortController();
  const { signal } = waiting;
  try {
    const { accessToken, expiresIn } = await signInWithQr({
      issuer: settings.issuer,
      clientId: settings.clientId,
      signal,
      onCode: (next) => {
        code = next;
        lifetime = next.expires - Date.now() / 1000;
        render();
      },
      onTrouble: (trouble) => notice('qr-status', trouble ? 'qrTrouble' : ''),
    });
    // A refresh token came along. It belongs in a backend, not in a page, so this page lets it go.
    const { username, npwp } = readForDisplay(accessToken);
    signedIn({ accessToken, expiresIn, username, npwp, door: 'byQr' });
  } catch (trouble) {
    if (!signal.aborted) throw trouble;
  }
}

async function signedIn(who) {
  attempt.abort();
  waiting.abort();
  user = who;
  documents = null;
  clearTimeout(expiry);
  expiry = setTimeout(() => signedOut('expired'), who.expiresIn * 1000);
  notice('documents-status', 'loading');
  render();
  $('hello').focus();
  try {
    const answer = await fetchDocuments(settings.customsUrl, who.accessToken);
    if (user !== who) return;
    user.username ??= answer.username; // the token of a QR sign-in names nobody: the API says whose it is
    user.npwp ??= answer.npwp;
    documents = answer.documents;
    notice('documents-status', documents.length ? '' : 'none');
    render();
  } catch (trouble) {
    if (user !== who) return;
    if (trouble.message === 'signed_out') signedOut('expired');
    else notice('documents-status', 'unavailable');
  }
}

function signedOut(reason) {
  clearTimeout(expiry);
  user = documents = code = null;
  notice('status', reason);
  render();
  $('login-as').focus();
  showQr();
}

function notice(id, key) {
  notices[id] = key;
  $(id).textContent = say(key);
}

function render() {
  for (const [id, key] of Object.entries(notices)) $(id).textContent = say(key);
  $('signed-out').hidden = user !== null;
  $('signed-in').hidden = user === null;
  renderCode();
  if (user) renderDesk();
}

function renderCode() {
  $('qr-image').hidden = code === null;
  $('qr-waiting').hidden = code !== null;
  if (code) $('qr-image').src = code.image;
  else $('qr-image').removeAttribute('src');
  $('qr-image').alt = say('qrAlt');
  $('scan-command').textContent = code ? `demo/scan.sh '${code.sessionId}'` : '';
  renderCountdown();
}

function renderCountdown() {
  const left = code ? Math.max(0, code.expires - Date.now() / 1000) : 0;
  const time = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, '0')}`;
  $('qr-progress').value = code ? left / lifetime : 0;
  $('qr-countdown').textContent = code ? say('qrLeft').replace('{time}', time) : '';
}

function renderDesk() {
  $('username').textContent = user.username ?? '…';
  $('avatar').textContent = (user.username ?? '').slice(0, 1).toUpperCase();
  $('npwp').textContent = user.npwp ?? '';
  $('door').textContent = say(user.door);
  $('documents').hidden = !documents?.length;
  $('documents').querySelector('tbody').replaceChildren(...(documents ?? []).map(row));
}

function row({ number, type, date, status }) {
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', { dateStyle: 'medium', timeZone: 'UTC' });
  const line = document.createElement('tr');
  line.setAttribute('role', 'row');
  for (const [name, text] of Object.entries({ number, type, date: day.format(new Date(date)), status: say(status) || status })) {
    const cell = document.createElement('td');
    cell.setAttribute('role', 'cell');
    cell.className = name;
    cell.textContent = text;
    line.append(cell);
  }
  line.querySelector('.type').title = say(type);
  line.querySelector('.status').dataset.status = status;
  return line;
}
