// A stranger with a phone of today: scans, compares the number on the screen, approves; and declines once. It knows
// demo.json and docs/phone.md, and nothing of Gapura's code:   node tests/strangers/new-phone.mjs demo/data/demo.json
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const demo = JSON.parse(readFileSync(process.argv[2] ?? 'demo/data/demo.json', 'utf8'));
const key = phoneKey(demo.device);
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

// The first time a screen is new to the person, and its code is typed; then it is known, and two digits are compared.
await approves();
expect('a screen this person used before shows a number', await approves() === 'match');
await declines();

async function approves() {
  const screen = await openScreen();
  expect('before anybody scans, the screen waits', (await screen.next()).state === 'waiting');
  await refused(collect(screen), 'not_approved');

  const seen = await answered(scan(screen));
  expect('the phone is shown the platform and its own domain', seen.platform.clientId === demo.platform.clientId && seen.platform.domain === demo.platform.domain);
  expect('and not yet confirmed', seen.confirmed === false);
  const scanned = await screen.next();
  expect('the screen hears of the scan', scanned.state === 'scanned' && scanned.sessionId === screen.sessionId && scanned.confirmation === seen.confirmation);
  expect('it is given a hint of who scanned, and no name', typeof scanned.by === 'string' && !scanned.by.includes(demo.account.username));

  const confirmation = await confirm(screen, seen, scanned);
  const nonce = randomBytes(16).toString('hex');
  const approved = await answered(post('/v1/authenticate', { ...signed(screen.sessionId, screen.sessionId), nonce, confirmation }));
  expect("the phone's nonce is inside its token", claims(approved.data.accessToken).nonce === nonce);
  expect('the screen hears of the approval', (await screen.until('approved')).sessionId === screen.sessionId);

  await refused(collect({ ...screen, verifier: screen.nonce }), 'invalid_session');
  const tokens = await answered(collect(screen));
  expect("the screen's token is for the screen's request", claims(tokens.accessToken).nonce === screen.nonce && tokens.expiresIn === 900 && typeof tokens.refreshToken === 'string');
  await refused(collect(screen), 'nonce_spent');
  screen.close();

  const documents = await answered(fetch(demo.resourceApi, { headers: { authorization: `Bearer ${tokens.accessToken}` } }));
  expect('the customs API knows whose documents to show', documents.npwp === demo.account.npwp && documents.documents.length > 0);
  console.log(`signed in by phone (${seen.confirmation}): ${documents.documents.length} customs documents for ${documents.npwp}`);
  return seen.confirmation;
}

async function declines() {
  const screen = await openScreen();
  await screen.until('waiting');
  await answered(scan(screen));
  const denied = await answered(post('/v1/qrAuth/deny', signed(screen.sessionId, `nu.id.deny:1:${screen.sessionId}`)));
  expect('the phone has declined', denied.denied === true);
  expect('the screen is told so', (await screen.until('denied')).reason === 'declined');
  await refused(collect(screen), 'sign_in_denied');
  await refused(post('/v1/authenticate', { ...signed(screen.sessionId, screen.sessionId), nonce: randomBytes(16).toString('hex') }), 'sign_in_denied');
  screen.close();
  console.log('declined: nobody is signed in');
}

/** @returns what the approval must carry */
async function confirm(screen, seen, scanned) {
  if (seen.confirmation === 'match') {
    expect('two digits on the screen are among three on the phone', /^\d\d$/.test(scanned.digits) && seen.choices.length === 3 && seen.choices.includes(scanned.digits));
    return scanned.digits;
  }
  if (seen.confirmation === 'type') {
    expect('four digits on the phone, none on the screen', /^\d{4}$/.test(seen.code) && !('digits' in scanned) && scanned.triesLeft === 3);
    const wrong = seen.code === '0000' ? '1111' : '0000';
    expect('a wrong code costs a try', (await refused(typed(screen, wrong), 'wrong_code')).triesLeft === 2);
    expect('the right one confirms', (await answered(typed(screen, seen.code))).confirmed === true);
    expect('which the phone sees', (await answered(scan(screen))).confirmed === true);
  }
  return undefined;
}

// The screen keeps the verifier and shows its hash to the server; events tell it what becomes of its code.
async function openScreen() {
  const verifier = randomBytes(32).toString('base64url');
  const nonce = createHash('sha256').update(verifier).digest('base64url');
  const { sessionId, expires } = await answered(post('/v1/qrAuth', { clientId: demo.platform.clientId, nonce, nonceMethod: 'S256' }, browser));
  expect('the session id is the documented one', new RegExp(`^nu\\.id:1:${demo.platform.clientId}:[A-Za-z0-9]{32}:${expires}$`).test(sessionId));

  const end = new AbortController();
  const query = new URLSearchParams({ clientId: demo.platform.clientId, nonce });
  const stream = await fetch(`${demo.issuer}/v1/qrAuth/events?${query}`, { headers: { accept: 'text/event-stream' }, signal: end.signal });
  expect('events are events', stream.status === 200 && stream.headers.get('content-type').startsWith('text/event-stream'));
  const events = states(stream.body);
  const next = async () => (await within(10, events.next())).value;
  const until = async state => { for (;;) { const now = await next(); if (now.state === state) return now; } };
  return { verifier, nonce, sessionId, next, until, close: () => end.abort() };
}

// WHATWG HTML 9.2, as much of it as is needed: an empty line ends an event, a colon begins a comment.
async function* states(body) {
  let text = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
      const lines = text.slice(0, end).split('\n');
      if (lines.includes('event: state')) yield JSON.parse(lines.find(line => line.startsWith('data: ')).slice(6));
    }
  }
}

function within(seconds, promise) {
  let late;
  const limit = new Promise((_, reject) => { late = setTimeout(() => reject(new Error(`no event within ${seconds} seconds`)), seconds * 1000); });
  return Promise.race([promise, limit]).finally(() => clearTimeout(late));
}

function scan(screen) {
  return post('/v1/qrAuth/scan', signed(screen.sessionId, `nu.id.scan:1:${screen.sessionId}`));
}

function typed({ sessionId, verifier }, code) {
  return post('/v1/qrAuth/confirm', { sessionId, verifier, code });
}

function collect({ sessionId, verifier }) {
  return post('/v1/qrAuth/collect', { sessionId, verifier });
}

function signed(sessionId, text) {
  return { sessionId, publicKey: demo.device.publicKey, signature: sign('sha256', Buffer.from(text), key).toString('hex') };
}

// Keys are hex on the wire; Node reads them as a JWK.
function phoneKey({ privateKey, publicKey }) {
  const base64url = hex => Buffer.from(hex, 'hex').toString('base64url');
  const jwk = { kty: 'EC', crv: 'secp256k1', d: base64url(privateKey), x: base64url(publicKey.slice(2, 66)), y: base64url(publicKey.slice(66)) };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

function post(path, body, headers) {
  return fetch(demo.issuer + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

async function answered(asked, status = 200) {
  const answer = await asked;
  const text = await answer.text();
  expect(`${answer.url} answers ${status}, not ${answer.status}: ${text.slice(0, 300)}`, answer.status === status);
  return JSON.parse(text);
}

async function refused(asked, code) {
  const no = await answered(asked, 400);
  expect(`it is refused as ${code}, not ${no.error}`, no.error === code);
  return no;
}

function claims(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'));
}

function expect(what, holds) {
  if (holds) return;
  console.error(`NOT SO: ${what}`);
  process.exit(1);
}
