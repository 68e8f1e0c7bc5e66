import { fetchDocuments, readForDisplay } from './customs.js';
import { signInWithPopup } from './gapura-popup.js';
import { preparePanel, render as renderPanel, startPanel, stopPanel } from './qr-panel.js';
import { language, say, setLanguage, show } from './texts.js';

const $ = (id) => document.getElementById(id);

// Who is signed in. The token stays in memory: a reload signs out, and no other script of this origin finds it stored.
// A platform with a backend hands the token over at once, lets the backend check it, and keeps its own session cookie.
let user = null;
let documents = null;
let attempt = new AbortController();
let expiry = 0;
const notices = { status: '', 'documents-status': '' };

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

$('toy-phone').addEventListener('click', (click) => {
  // Beside this window rather than over it; where that is not allowed, the link opens a tab.
  if (window.open($('toy-phone').href, 'gapura-phone', 'popup,width=420,height=860')) click.preventDefault();
});

preparePanel(settings, ({ accessToken, expiresIn }) => {
  const { username, npwp } = readForDisplay(accessToken);
  signedIn({ accessToken, expiresIn, username, npwp, door: 'byQr' });
});
show();
render();
startPanel();

async function signedIn(who) {
  attempt.abort();
  stopPanel();
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
  user = documents = null;
  notice('status', reason);
  render();
  $('login-as').focus();
  startPanel();
}

function notice(id, key) {
  notices[id] = key;
  $(id).textContent = say(key);
}

function render() {
  for (const [id, key] of Object.entries(notices)) $(id).textContent = say(key);
  $('signed-out').hidden = user !== null;
  $('signed-in').hidden = user === null;
  $('toy-phone').href = `phone.html?lang=${language}`;
  renderPanel();
  if (user) renderDesk();
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
