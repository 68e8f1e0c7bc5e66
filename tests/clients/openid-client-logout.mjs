// openid-client signs a person out (RP-initiated), and hears of it by a logout token (back-channel) that jose verifies.
import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { Browser, forms, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId, secret, redirectUri } = given;
const config = await client.discovery(new URL(issuer), clientId, secret, undefined, { execute: [client.allowInsecureRequests] });
const heard = new Promise((resolve) => {
  const site = createServer(async (request, answer) => {
    resolve(new URLSearchParams(Buffer.concat(await request.toArray()).toString()).get('logout_token'));
    answer.end();
    site.close();
  }).listen(given.port, '127.0.0.1');
});

const pkceCodeVerifier = client.randomPKCECodeVerifier();
const browser = new Browser(issuer);
const authorization = client.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope: 'openid', code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256' });
const tokens = await client.authorizationCodeGrant(config, await signIn(browser, authorization.href, given), { pkceCodeVerifier, idTokenExpected: true });

let left = await browser.go(client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: given.afterLogout, state: 'signed out' }).href);
if (left.status !== undefined) console.error(left.url.href, left.page, forms(left.page));
const { payload, protectedHeader } = await jwtVerify(await heard, createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri)), { issuer, audience: clientId, typ: 'logout+jwt', requiredClaims: ['iat', 'exp', 'jti', 'events', 'sid'] });
console.log(JSON.stringify({ left: left.url.href, typ: protectedHeader.typ, events: Object.keys(payload.events), same: payload.sid === tokens.claims().sid, nonce: payload.nonce ?? null }));
