// An app without a backend: no ticket and no API key, but the code flow with PKCE, by a library anybody can install.
// GAPURA_ISSUER and GAPURA_CLIENT_ID are built in. Register it without an API key and with its own address as redirect URI.
import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

const { GAPURA_ISSUER: issuer, GAPURA_CLIENT_ID: clientId } = import.meta.env;
const manager = new UserManager({
  authority: issuer,
  client_id: clientId,
  redirect_uri: `${location.origin}/`,
  post_logout_redirect_uri: `${location.origin}/`,
  scope: 'openid profile npwp',
  loadUserInfo: true, // name and tax number are told there, not in the ID token
  ui_locales: document.documentElement.lang,
  userStore: new WebStorageStateStore({ store: sessionStorage }), // gone with the tab
});
const by = (id) => document.getElementById(id);

by('sign-in').onclick = () => manager.signinRedirect().catch(say);
by('sign-out').onclick = () => manager.signoutRedirect().catch(say);

const answer = new URLSearchParams(location.search);
if (answer.has('state')) {
  await (answer.has('code') || answer.has('error') ? manager.signinCallback() : manager.signoutCallback()).catch(say);
  history.replaceState(null, '', '/'); // the code is spent: it has no business in the address
}

const user = await manager.getUser();
const isIn = user !== null && !user.expired;
by('who').textContent = isIn ? `${user.profile.preferred_username} (${user.profile.npwp ?? '–'})` : '';
by('sign-in').hidden = isIn;
by('sign-out').hidden = !isIn;

function say(trouble) {
  by('trouble').textContent = trouble.error_description ?? trouble.message;
}
