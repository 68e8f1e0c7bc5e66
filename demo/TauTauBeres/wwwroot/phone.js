// A toy phone: scan, see, confirm, approve or decline. It asks its backend to sign, because a page is no place for a key;
// a real phone signs by itself.

import { look } from './code-channel.js';
import { renderConfirmation, renderQuestion } from './phone-question.js';
import './phone-texts.js';
import { say, setLanguage, show } from './texts.js';

const $ = (id) => document.getElementById(id);
const marks = { good: 'M19 33l9 9 17-19', bad: 'M22 22l20 20M42 22l-20 20' };

let sessionId = '';
let seen = null; // the server's answer to a scan; null for an old phone, which knows nothing
let end = null;
let poll = 0;
let busy = false;
const notices = { 'home-status': '', 'ask-status': '' };

$('scan').addEventListener('click', async () => {
  notice('home-status', 'looking');
  const found = await look();
  if (found) await take(found);
  else notice('home-status', 'noCode');
});
$('paste').addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  take($('code').value.trim());
});
$('approve').addEventListener('click', () => approve());
$('deny').addEventListener('click', () => ($('documented').checked ? home() : deny()));
$('again').addEventListener('click', home);
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => { setLanguage(button.dataset.language); render(); });
}
show();
render();

async function take(code) {
  sessionId = code;
  seen = null;
  notice('home-status', '');
  if (!$('documented').checked) {
    notice('home-status', 'scanning');
    const answer = await send('scan');
    notice('home-status', '');
    if (!answer.ok) return finish('bad', 'failed', answer.error);
    seen = answer;
    if (seen.confirmation === 'type') poll = setTimeout(watchTyping, 1000);
  }
  view('ask');
}

// The code is typed at the screen, so the phone asks until it was.
async function watchTyping() {
  const answer = await send('scan');
  if (poll === 0) return;
  if (!answer.ok && answer.error !== 'signin_unavailable') return finish('bad', 'failed', answer.error);
  if (answer.ok) seen = answer;
  poll = seen.confirmed ? 0 : setTimeout(watchTyping, 1000);
  renderConfirmation(sessionId, seen, approve);
}

async function approve(confirmation) {
  const answer = await decide('approve', confirmation);
  if (!answer) return;
  if (answer.ok || answer.error === 'already_authenticated') finish('good', 'approved', 'approvedText');
  else finish('bad', 'failed', answer.error);
}

async function deny() {
  const answer = await decide('deny');
  if (!answer) return;
  if (answer.ok) finish('bad', 'denied', 'deniedText');
  else finish('bad', 'failed', answer.error);
}

async function decide(what, confirmation) {
  if (busy) return null;
  busy = true;
  stopPolling();
  notice('ask-status', 'signingIn');
  for (const button of $('ask').querySelectorAll('button')) button.disabled = true;
  const answer = await send(what, confirmation);
  busy = false;
  return answer;
}

async function send(what, confirmation) {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`/phone/${what}`, { method: 'POST', headers, body: JSON.stringify({ sessionId, confirmation }) });
    return { ...await response.json(), ok: response.ok };
  } catch {
    return { ok: false, error: 'signin_unavailable' };
  }
}

function finish(how, title, text) {
  end = { how, title, text };
  view('end');
}

function home() {
  seen = end = null;
  $('code').value = '';
  view('home');
}

function view(name) {
  if (name !== 'ask') stopPolling();
  for (const id of ['home', 'ask', 'end']) $(id).hidden = id !== name;
  notice('ask-status', '');
  render();
  $(name).querySelector('h1').focus();
  scrollTo(0, 0);
}

function stopPolling() {
  clearTimeout(poll);
  poll = 0;
}

function notice(id, key) {
  notices[id] = key;
  $(id).textContent = say(key);
}

function render() {
  for (const [id, key] of Object.entries(notices)) $(id).textContent = say(key);
  document.title = `${say('toy')} · Gapura`;
  renderQuestion(sessionId, seen, approve);
  if (!end) return;
  $('end').className = `view ${end.how}`;
  $('mark').setAttribute('d', marks[end.how]);
  $('end-title').textContent = say(end.title);
  $('end-text').textContent = say(end.text) || say('refused').replace('{code}', end.text);
}
