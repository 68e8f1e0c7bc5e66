// openid-client, as its own documentation uses it: discovery, code with PKCE, ID token, userinfo, refresh, introspection, revocation.
import * as client from 'openid-client';
import { Browser, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId, secret, redirectUri } = given;
const config = await client.discovery(new URL(issuer), clientId, secret, undefined, { execute: [client.allowInsecureRequests] });
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
const authorization = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri, scope: 'openid profile npwp offline_access', state: expectedState, nonce: expectedNonce,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256',
});

const callback = await signIn(new Browser(issuer), authorization.href, given);
const tokens = await client.authorizationCodeGrant(config, callback, { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true });
const claims = tokens.claims();
const person = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
const before = await client.tokenIntrospection(config, renewed.access_token);
await client.tokenRevocation(config, renewed.refresh_token);
const after = await client.tokenIntrospection(config, renewed.access_token);
console.log(JSON.stringify({ claims, person, active: [before.active, after.active], scope: tokens.scope }));
