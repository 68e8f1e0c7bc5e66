// An API that trusts Gapura's access tokens: checked offline, and asked about where it matters.
// GAPURA_ISSUER and GAPURA_AUDIENCE say whose tokens, GAPURA_CLIENT_ID and GAPURA_API_KEY are this API's own (--resource-api).
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { GAPURA_ISSUER: issuer, GAPURA_AUDIENCE: audience = issuer, GAPURA_API_KEY: apiKey, PORT = '3100' } = process.env;
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), { cacheMaxAge: 300_000, cooldownDuration: 10_000 });
const app = express();

// Offline: signature, issuer, audience, kind and time (RFC 9068 section 4). A refused token gets RFC 6750's answer.
async function checked(req, res, next) {
  const token = /^Bearer ([\w.~+/-]+)$/.exec(req.headers.authorization ?? '')?.[1];
  if (!token) return res.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'token_missing' });
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'], clockTolerance: 60 });
    if (payload.cnf) throw new Error('bound to a key: this API takes bearer tokens alone');
    req.person = payload;
    req.token = token;
    next();
  } catch (trouble) {
    if (trouble.code === 'ERR_JWKS_TIMEOUT') return res.status(503).set('Retry-After', '5').json({ error: 'keys_unavailable' });
    res.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"').json({ error: 'invalid_token' });
  }
}

// Asked: also hears of revocations (RFC 7662). For what cannot be undone.
async function asked(req, res, next) {
  const answer = await fetch(`${issuer}/oauth/introspect`, {
    method: 'POST', headers: { 'beacukai-api-key': apiKey }, body: new URLSearchParams({ token: req.token }), signal: AbortSignal.timeout(5_000),
  }).catch(() => null);
  if (!answer?.ok) return res.status(503).set('Retry-After', '5').json({ error: 'introspection_unavailable' });
  const told = await answer.json();
  if (!told.active) return res.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"').json({ error: 'invalid_token' });
  req.person = told;
  next();
}

app.get('/documents', checked, (req, res) => res.json({ of: req.person.sub, documents: ['SPPB 000123', 'SPPB 000124'] }));
app.delete('/documents/:id', checked, asked, (req, res) => res.json({ withdrawn: req.params.id, by: req.person.username, npwp: req.person.npwp }));

app.listen(Number(PORT), 'localhost', () => console.log(`Listens on http://localhost:${PORT}/documents`));
