// openid-client as FAPI 2.0 asks: a signed request (RFC 9101) that is pushed (RFC 9126), private_key_jwt, and tokens bound
// to a key (DPoP, RFC 9449) whose proofs carry the server's nonce; introspection is answered signed (RFC 9701).
import * as client from 'openid-client';
import { importJWK } from 'jose';
import { Browser, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId, redirectUri, key: { kid, alg, ...jwk } } = given;
const key = { key: await importJWK(jwk, alg), kid };
const asked = [];
const watched = async (url, init) => {
  const answer = await fetch(url, init);
  asked.push(`${new URL(url).pathname} ${answer.status}`);
  return answer;
};
const config = await client.discovery(new URL(issuer), clientId, { introspection_signed_response_alg: 'ES256', id_token_signed_response_alg: given.idTokenAlgorithm }, client.PrivateKeyJwt(key), { execute: [client.allowInsecureRequests], [client.customFetch]: watched });
client.enableNonRepudiationChecks(config);
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const expectedState = client.randomState();
const signed = await client.buildAuthorizationUrlWithJAR(config, {
  redirect_uri: redirectUri, scope: 'openid profile offline_access', state: expectedState,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256',
}, key);
const authorization = await client.buildAuthorizationUrlWithPAR(config, signed.searchParams, { DPoP });

const tokens = await client.authorizationCodeGrant(config, await signIn(new Browser(issuer), authorization.href, given), { pkceCodeVerifier, expectedState, idTokenExpected: true }, undefined, { DPoP });
const person = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP });
const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
const bearer = await fetch(config.serverMetadata().userinfo_endpoint, { headers: { authorization: `Bearer ${renewed.access_token}` } });
const seen = await client.tokenIntrospection(config, renewed.access_token);
console.log(JSON.stringify({ type: tokens.token_type, person, bearer: bearer.status, active: seen.active, bound: !!seen.cnf?.jkt, asked }));
