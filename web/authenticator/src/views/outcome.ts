import { commonTexts } from '../texts/common';
import { homeTexts } from '../texts/home';
import { outcomeTexts as texts } from '../texts/outcome';
import { refusalText } from '../texts/refusals';
import { look } from '../frame/sign-ins';
import type { Scanned } from '../wire/answers';
import type { App } from '../frame/app';
import { h } from '../frame/element';
import type { View } from '../frame/router';
import { historyView } from './history';
import { startScan } from './scan';

const button = (label: string, kind: string, act: () => unknown): HTMLElement => h('button', { type: 'button', class: kind, onclick: act }, label);

export const approved = (app: App, { platform }: Scanned): View => {
  // The key is open for another moment: what this phone knows of the account is brought up to date with it, then it closes.
  void look(app, 'quietly').finally(() => app.lock());
  return () => ({
    title: app.say(texts.approvedTitle),
    body: [
      h('p', { class: 'done', role: 'status' }, app.say(texts.approved(platform.name, app.kept?.account.name ?? ''))),
      button(app.say(texts.finish), 'primary', () => app.router.home()),
      h('p', {}, app.say(texts.approvedAdvice)),
      button(app.say(texts.takeBack), 'secondary', () => app.router.go(historyView(app))),
    ],
  });
};

export const declined = (app: App, { platform }: Scanned): View => {
  app.lock();
  return () => ({
    title: app.say(texts.declinedTitle),
    body: [
      h('p', { class: 'done', role: 'status' }, app.say(texts.declined(platform.name))),
      h('p', {}, app.say(texts.declinedAdvice)),
      button(app.say(texts.finish), 'primary', () => app.router.home()),
    ],
  });
};

/** Nobody was signed in: why, and what to do. */
export const refused = (app: App, code: string): View => {
  if (code === 'invalid_key') {
    app.revoked = true;
    app.lock();
  }
  return () => ({
    title: app.say(texts.refusedTitle),
    body: [
      h('p', { class: 'error', role: 'alert' }, app.say(refusalText(code))),
      app.revoked
        ? button(app.say(texts.setUpAgain), 'primary', () => app.router.home())
        : button(app.say(commonTexts.scanAgain), 'primary', () => startScan(app)),
      button(app.say(homeTexts.toHome), 'secondary', () => app.router.home()),
    ],
  });
};
