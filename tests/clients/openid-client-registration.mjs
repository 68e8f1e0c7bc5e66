// openid-client registers itself (RFC 7591) with the token an operator gave its developer, and signs somebody in with what it got.
import * as client from 'openid-client';
import { Browser, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, redirectUri, initialAccessToken } = given;
const metadata = { client_name: 'Toko Daring', redirect_uris: [redirectUri], id_token_signed_response_alg: 'ES256' };
const config = await client.dynamicClientRegistration(new URL(issuer), metadata, undefined, { initialAccessToken, execute: [client.allowInsecureRequests] });
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const authorization = client.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope: 'openid', code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256' });
const tokens = await client.authorizationCodeGrant(config, await signIn(new Browser(issuer), authorization.href, given), { pkceCodeVerifier, idTokenExpected: true });

// RFC 7592: what it registered can be read and taken back, with the token it was given for that.
const { client_id, client_secret, registration_client_uri, registration_access_token } = config.clientMetadata();
const manage = (method) => fetch(registration_client_uri, { method, headers: { authorization: `Bearer ${registration_access_token}` } });
const kept = await (await manage('GET')).json();
const statuses = [(await manage('DELETE')).status, (await manage('GET')).status];
console.log(JSON.stringify({ audience: tokens.claims().aud, clientId: client_id, secret: !!client_secret, name: kept.client_name, statuses }));
