import './authenticator.css';
import { commonTexts } from './texts/common';
import type { Language } from './texts/text';
import type { App } from './frame/app';
import { fill, h } from './frame/element';
import { listenForInstall } from './frame/install';
import { Tongue } from './frame/language';
import { Router } from './frame/router';
import { withSession } from './frame/session';
import { askToUnlock } from './frame/unlock';
import { keepOffline } from './frame/worker';
import { purposesOf } from './signer/purposes';
import { fromFragment } from './signer/session-id';
import { indexedDbCupboard } from './vault/indexed-db';
import type { Unlocked } from './vault/unlocked';
import { Vault } from './vault/vault';
import { home } from './views/home';
import { takeLink } from './views/take';
import { Client } from './wire/client';
import { Phone } from './wire/phone';

const { brand = 'Gapura', issuer = '', version = '' } = document.documentElement.dataset;
const find = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const issuing = { issuer, version };
const cupboard = indexedDbCupboard(indexedDB);
const vault = new Vault(cupboard);
const tongue = new Tongue();
let asking: Promise<Unlocked | null> | null = null;

const app: App = {
  brand, issuing, cupboard, vault, tongue,
  address: `${location.origin}/authenticator/`,
  phone: new Phone(new Client(), purposesOf(issuing)),
  router: new Router(find('content'), brand, () => home(app)),
  say: tongue.say,
  kept: null,
  revoked: false,
  key: null,
  // Two questions at once are one question.
  unlock: async () => {
    if (app.key?.isOpen) return app.key;
    asking ??= askToUnlock(app).finally(() => (asking = null));
    return (app.key = await asking);
  },
  lock: () => {
    app.key?.close();
    app.key = null;
  },
  withSession: (call, may) => withSession(app, call, may),
};

function speak(): void {
  const { say } = app;
  document.documentElement.lang = tongue.language;
  find('footer').textContent = say(commonTexts.footer);
  const choices: [Language, string][] = [['id', 'Bahasa Indonesia'], ['en', 'English']];
  find('languages').setAttribute('aria-label', say(commonTexts.languages));
  fill(find('languages'), h('ul', {}, ...choices.map(([language, name]) =>
    h('li', {}, h('button', { type: 'button', lang: language, 'aria-pressed': String(language === tongue.language), onclick: () => change(language) }, name)))));
  showNetwork();
}

function change(language: Language): void {
  tongue.language = language;
  speak();
  app.router.draw();
}

function showNetwork(): void {
  find('offline').hidden = navigator.onLine;
  find('offline').textContent = navigator.onLine ? '' : app.say(commonTexts.offlineBar);
}

/** The code is out of the address before anything else happens: neither a shoulder nor the history keeps it. */
function takeFragment(): string | null {
  const code = fromFragment(location.hash);
  if (location.hash) history.replaceState(history.state, '', location.pathname);
  return code;
}

async function start(): Promise<void> {
  const linked = takeFragment();
  speak();
  app.kept = (await vault.kept().catch(() => undefined)) ?? null;
  app.router.draw();
  if (linked !== null && app.kept?.deviceId) await takeLink(app, linked);
}

addEventListener('hashchange', () => {
  const linked = takeFragment();
  if (linked !== null && app.kept?.deviceId) void takeLink(app, linked);
});
addEventListener('online', showNetwork);
addEventListener('offline', showNetwork);
// A page in the back-forward cache keeps its memory: not with an open key in it.
addEventListener('pagehide', () => app.lock());
listenForInstall();
keepOffline((update) => {
  fill(find('update'), h('span', {}, app.say(commonTexts.newVersion)), h('button', { type: 'button', class: 'secondary', onclick: update }, app.say(commonTexts.update)));
  find('update').hidden = false;
});
void start();
