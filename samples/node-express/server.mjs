// A partner's site that signs people in with Gapura's button, and keeps their token on the server.
// GAPURA_ISSUER, GAPURA_CLIENT_ID and GAPURA_API_KEY are what the operator gave you; PORT is yours.
import { randomUUID } from 'node:crypto';
import express from 'express';

const { GAPURA_ISSUER: issuer, GAPURA_CLIENT_ID: clientId, GAPURA_API_KEY: apiKey, PORT = '3000' } = process.env;
const people = new Map(); // session id → who; your own site has a store for this
const app = express().use(express.json());

app.get('/', (req, res) => res.send(page(people.get(session(req)))));

// The API key stays here. The page gets a ticket, which opens one sign-in window.
app.get('/ticket', async (req, res) => {
  const answer = await fetch(`${issuer}/V1/NLE/AuthApiKey`, { headers: { 'beacukai-api-key': apiKey }, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) return res.status(502).json({ error: 'ticket_unavailable' });
  res.set('cache-control', 'no-store').json({ token: (await answer.json()).data.token });
});

// What the window handed to the page: a code that is good once, with the verifier that only that page had.
app.post('/signed-in', async (req, res) => {
  const { code, codeVerifier, redirectUri } = req.body;
  const form = new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, client_secret: apiKey, code: `${code}`, code_verifier: `${codeVerifier}` });
  if (redirectUri) form.set('redirect_uri', redirectUri);
  const answer = await fetch(`${issuer}/oauth/token`, { method: 'POST', body: form, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) return res.status(403).json(await answer.json());
  const { access_token, expires_in, username, npwp } = await answer.json();
  const id = randomUUID();
  people.set(id, { accessToken: access_token, username, npwp, until: Date.now() + expires_in * 1000 });
  res.cookie('session', id, { httpOnly: true, sameSite: 'lax', secure: req.secure, maxAge: expires_in * 1000 }).json({ username });
});

app.post('/sign-out', (req, res) => {
  people.delete(session(req));
  res.clearCookie('session').redirect(303, '/');
});

const session = (req) => /(?:^|; )session=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1];
const text = (s) => s.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (person) => `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Truk Kita</title>
<h1>Truk Kita</h1>
${person
    ? `<p id="who">${text(person.username)} (${text(person.npwp)})</p><form method="post" action="/sign-out"><button>Keluar</button></form>`
    : `<script src="${issuer}/sdk/gapura.js"></script>
<gapura-button issuer="${issuer}" ticket="/ticket" response="code" return-url="${origin()}/" language="id"></gapura-button>
<p id="trouble" role="alert"></p>
<script>
const button = document.querySelector('gapura-button');
button.addEventListener('gapura-result', async ({ detail }) => {
  const answer = await fetch('/signed-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(detail) });
  if (answer.ok) location.replace('/');
  else document.getElementById('trouble').textContent = (await answer.json()).error_description;
});
button.addEventListener('gapura-error', ({ detail }) => { document.getElementById('trouble').textContent = detail.message; });
</script>`}`;

function origin() { return process.env.ORIGIN ?? `http://localhost:${PORT}`; }

app.listen(Number(PORT), 'localhost', () => console.log(`Open ${origin()}/`));
