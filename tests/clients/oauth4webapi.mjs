// oauth4webapi, which checks every answer against the specifications: as a public client, by name alone.
import * as oauth from 'oauth4webapi';
import { Browser, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId, redirectUri } = given;
const insecure = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), { algorithm: 'oidc', ...insecure }));
const client = { client_id: clientId };
const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()];
const authorization = new URL(server.authorization_endpoint);
for (const [name, value] of Object.entries({
  client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid', state, nonce,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', max_age: '600',
})) authorization.searchParams.set(name, value);

const callback = await signIn(new Browser(issuer), authorization.href, given);
const answer = oauth.validateAuthResponse(server, client, callback, state);
const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), answer, redirectUri, verifier, insecure);
const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce, maxAge: 600, requireIdToken: true });
const claims = oauth.getValidatedIdTokenClaims(tokens);
const person = await oauth.processUserInfoResponse(server, client, claims.sub, await oauth.userInfoRequest(server, client, tokens.access_token, insecure));
console.log(JSON.stringify({ claims, person, refresh: tokens.refresh_token ?? null }));
