// openid-client: the request is pushed first (RFC 9126), and the answer comes as a form that the browser posts (form_post).
import * as client from 'openid-client';
import { Browser, journey } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId, secret, redirectUri } = given;
const config = await client.discovery(new URL(issuer), clientId, secret, undefined, { execute: [client.allowInsecureRequests] });
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
const authorization = await client.buildAuthorizationUrlWithPAR(config, {
  redirect_uri: redirectUri, response_mode: 'form_post', scope: 'openid profile', state: expectedState, nonce: expectedNonce,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256',
});

const { url, form } = await journey(new Browser(issuer), authorization.href, given);
const callback = new Request(url, { method: 'POST', body: new URLSearchParams(form) });
const tokens = await client.authorizationCodeGrant(config, callback, { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true });
console.log(JSON.stringify({ asked: [...authorization.searchParams.keys()], address: url.href, sub: tokens.claims().sub, scope: tokens.scope }));
