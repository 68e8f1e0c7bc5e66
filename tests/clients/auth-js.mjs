// Auth.js (NextAuth), headless: a person signs in to an app that only names this server, and the app keeps a session.
// provider "oidc": found by discovery. provider "oauth": as written down by hand for QRAuth's neighbours.
import { Auth } from '@auth/core';
import { Browser, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId, secret: clientSecret } = given;
const providers = {
  // idToken: false, because the name is told by userinfo and not by the ID token.
  oidc: { type: 'oidc', issuer, idToken: false, checks: ['pkce', 'state', 'nonce'], authorization: { params: { scope: 'openid profile email' } } },
  oauth: {
    type: 'oauth', checks: ['state'], client: { token_endpoint_auth_method: 'client_secret_post' },
    authorization: { url: `${issuer}/oauth/authorize`, params: { scope: 'basic_info' } }, token: `${issuer}/oauth/token`, userinfo: `${issuer}/v1/user/me`,
    profile: (data) => ({ id: data.user.id, name: data.user.name, email: data.user.email, image: data.user.image }),
  },
};
const config = {
  basePath: '/api/auth', secret: 'known to this app alone', trustHost: true,
  logger: { error: (error) => console.error(error, error.cause), warn() {}, debug() {} },
  providers: [{ id: 'gapura', name: 'Gapura', clientId, clientSecret, ...providers[given.provider] }],
  callbacks: {
    jwt: ({ token, account, profile }) => (account ? { ...token, account, profile } : token),
    session: ({ session, token }) => ({ ...session, account: token.account, profile: token.profile }),
  },
};

const app = new URL(given.redirectUri).origin;
const jar = new Map();
async function visit(address, form) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await Auth(new Request(new URL(address, app), { headers: { cookie }, ...(form && { method: 'POST', body: new URLSearchParams(form) }) }), config);
  for (const line of answer.headers.getSetCookie()) jar.set(...line.split(';')[0].split(/=(.*)/s).slice(0, 2));
  return answer;
}

const { csrfToken } = await (await visit('/api/auth/csrf')).json();
const authorization = (await visit('/api/auth/signin/gapura', { csrfToken, callbackUrl: `${app}/inside` })).headers.get('location');
const callback = await signIn(new Browser(issuer), authorization, given);
const landed = (await visit(callback)).headers.get('location');
const { user, account, profile } = await (await visit('/api/auth/session')).json();
console.log(JSON.stringify({ landed, user, account: { id: account.providerAccountId, scope: account.scope, refresh: !!account.refresh_token }, profile }));
