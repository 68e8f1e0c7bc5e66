// A stranger signs in by both doors, and uses what it got at the customs API. It knows demo.json and the documentation,
// and nothing of Gapura's code:   node tests/strangers/both-doors.mjs demo/data/demo.json
import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const demo = JSON.parse(readFileSync(process.argv[2] ?? 'demo/data/demo.json', 'utf8'));

await popupDoor();
await qrDoor();

async function popupDoor() {
  // The platform's backend trades its API key for a ticket.
  const { data } = await json(fetch(`${demo.issuer}/V1/NLE/AuthApiKey`, { headers: { 'beacukai-api-key': demo.platform.apiKey } }), 200);
  expect('the ticket is 66 hex digits', /^[0-9a-f]{66}$/.test(data.token));
  expect('the ticket is for our own domain', data.domain === demo.platform.domain);

  // The popup: a browser loads the form and sends it filled in, cookies and all.
  const popup = new Browser();
  let page = await popup.get(`${demo.issuer}/seamlesslogin/?token=${data.token}&state=abc`);
  expect('the popup shows a form', page.status === 200 && page.text.includes('<form'));
  const refused = await popup.submit(page, { username: demo.account.username, password: 'not the password' });
  expect('a wrong password is refused', refused.status === 403 && !refused.text.includes('access_token'));
  page = await popup.submit(refused, { username: demo.account.username, password: demo.account.password });
  expect('the right one is not', page.status === 200);

  // What the page's script would post to the opener.
  const { target, message } = JSON.parse(/<script type="application\/json" id="message">(.*?)<\/script>/s.exec(page.text)[1]);
  expect('the message goes to our own origin', target === demo.platform.domain);
  expect('it has the four documented members',
    typeof message.access_token === 'string' && message.expires_in === 900
    && message.username === demo.account.username && message.npwp === demo.account.npwp);
  expect('and our state', message.state === 'abc');

  const again = await new Browser().get(`${demo.issuer}/seamlesslogin/?token=${data.token}`);
  expect('the ticket is spent', again.status === 403);
  await customs('popup', message.access_token);
}

async function qrDoor() {
  // The screen.
  const nonce = randomBytes(16).toString('hex');
  const screen = () => post('/v1/qrAuth', { clientId: demo.platform.clientId, nonce });
  const opened = await json(screen(), 200);
  expect('the session id is the documented one', new RegExp(`^nu\\.id:1:${demo.platform.clientId}:[A-Za-z0-9]{32}:${opened.expires}$`).test(opened.sessionId));

  // The phone.
  const { publicKey } = demo.device;
  const signature = sign('sha256', Buffer.from(opened.sessionId), phoneKey(demo.device)).toString('hex');
  const own = randomBytes(16).toString('hex');
  const phone = () => post('/v1/authenticate', { sessionId: opened.sessionId, signature, publicKey, nonce: own });
  const approved = await json(phone(), 200);
  expect("the phone's nonce is inside its token", claims(approved.data.accessToken).nonce === own);
  expect('the same again is refused', (await phone()).status === 400);

  // The screen asks once more.
  const collected = await json(screen(), 200);
  expect('the screen is signed in', typeof collected.accessToken === 'string' && !('sessionId' in collected));
  expect('once', (await json(screen(), 400)).error === 'nonce_spent');
  await customs('QR code', collected.accessToken);
}

// Keys are hex on the wire; Node reads them as a JWK.
function phoneKey({ privateKey, publicKey }) {
  const base64url = hex => Buffer.from(hex, 'hex').toString('base64url');
  const key = { kty: 'EC', crv: 'secp256k1', d: base64url(privateKey), x: base64url(publicKey.slice(2, 66)), y: base64url(publicKey.slice(66)) };
  return createPrivateKey({ key, format: 'jwk' });
}

async function customs(door, token) {
  const answer = await json(fetch(demo.resourceApi, { headers: { authorization: `Bearer ${token}` } }), 200);
  expect('the customs API knows whose documents to show', answer.npwp === demo.account.npwp && answer.documents.length > 0);
  const forged = token.slice(0, -4) + (token.endsWith('AAAA') ? 'BBBB' : 'AAAA');
  expect('and refuses a forged token', (await fetch(demo.resourceApi, { headers: { authorization: `Bearer ${forged}` } })).status === 401);
  console.log(`signed in by ${door}: ${answer.documents.length} customs documents for ${answer.npwp}`);
}

function post(path, body) {
  return fetch(demo.issuer + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function json(asked, status) {
  const answer = await asked;
  const text = await answer.text();
  expect(`${answer.url} answers ${status}, not ${answer.status}: ${text.slice(0, 300)}`, answer.status === status);
  return JSON.parse(text);
}

function claims(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'));
}

function expect(what, holds) {
  if (holds) return;
  console.error(`NOT SO: ${what}`);
  process.exit(1);
}

// As much of a browser as a form needs.
function Browser() {
  const cookies = new Map();

  this.get = address => load(address, {});
  this.submit = (page, typed) => {
    const [, action, inside] = /<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(page.text);
    const fields = new URLSearchParams();
    for (const [input] of inside.matchAll(/<input [^>]*>/g)) {
      const of = name => unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? '');
      if (of('name')) fields.set(of('name'), of('value'));
    }
    for (const [name, value] of Object.entries(typed)) fields.set(name, value);
    return load(new URL(unescaped(action), page.address), { method: 'POST', body: fields, headers: { origin: demo.issuer, 'sec-fetch-site': 'same-origin' } });
  };

  async function load(address, request) {
    const headers = { accept: 'text/html', cookie: [...cookies].map(pair => pair.join('=')).join('; '), ...request.headers };
    const answer = await fetch(address, { ...request, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    return { status: answer.status, text: await answer.text(), address: String(address) };
  }

  function unescaped(text) {
    return text.replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16))).replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  }
}
