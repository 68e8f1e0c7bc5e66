// openid-client: a platform that shows who it is by a key of its own (private_key_jwt), at every endpoint.
import * as client from 'openid-client';
import { importJWK } from 'jose';
import { Browser, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId, redirectUri, key: { kid, alg, ...jwk } } = given;
const key = { key: await importJWK(jwk, alg), kid };
const config = await client.discovery(new URL(issuer), clientId, undefined, client.PrivateKeyJwt(key), { execute: [client.allowInsecureRequests] });
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const expectedState = client.randomState();
const authorization = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri, scope: 'openid offline_access', state: expectedState,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256',
});

const tokens = await client.authorizationCodeGrant(config, await signIn(new Browser(issuer), authorization.href, given), { pkceCodeVerifier, expectedState, idTokenExpected: true });
const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
const before = await client.tokenIntrospection(config, renewed.access_token);
await client.tokenRevocation(config, renewed.refresh_token);
const after = await client.tokenIntrospection(config, renewed.access_token);
console.log(JSON.stringify({ sub: tokens.claims().sub, active: [before.active, after.active] }));
