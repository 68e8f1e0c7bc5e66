import { commonTexts } from '../texts/common';
import { historyTexts as texts } from '../texts/history';
import { refusalText } from '../texts/refusals';
import { reviewTexts } from '../texts/review';
import { lastRows, look, markSeen, type Known } from '../frame/sign-ins';
import type { SignIn } from '../wire/answers';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import { tell } from '../frame/tell';
import type { View } from '../frame/router';
import { hostOf } from './request-facts';

/** Every sign-in of the account, newest first; and the way to take one back. */
export const historyView = (app: App): View => () => {
  const { say, tongue } = app;
  const place = status();
  const list = h('ul', { class: 'sign-ins' });
  const age = h('p', { class: 'hint' });
  const refresh = h('button', { type: 'button', class: 'secondary' }, say(commonTexts.refresh));
  let gone = false;
  let shown = '';

  const show = (known: Known | null): void => {
    if (gone || !known) return;
    fill(age, say(texts.lastKnown(tongue.moment(known.at))));
    // Drawn again only when there is something new: a question that was opened meanwhile stays open.
    const rows = JSON.stringify(known.rows);
    if (rows === shown) return;
    shown = rows;
    fill(list, ...(known.rows.length > 0 ? known.rows.map((each) => row(app, each, load)) : [h('li', { class: 'empty' }, say(texts.none))]));
  };
  const load = async (may: 'ask' | 'quietly', done?: string): Promise<void> => {
    fill(place, say(commonTexts.wait));
    const answer = await look(app, may);
    if (gone) return;
    if (app.revoked) return app.router.home();
    fill(place, done && h('span', { class: 'done' }, done));
    if (!answer.ok) tell(app, place, answer.code);
    show(await lastRows(app));
    if (answer.ok) await markSeen(app);
  };
  refresh.addEventListener('click', () => void busy(refresh, say(commonTexts.wait), () => load('ask')));
  void lastRows(app).then(show).then(() => load('quietly'));

  return {
    title: say(texts.title),
    leave: () => (gone = true),
    body: [h('p', { class: 'lead' }, say(texts.lead)), place, list, age, refresh, h('button', { type: 'button', class: 'secondary', onclick: () => app.router.home() }, say(commonTexts.back))],
  };
};

function row(app: App, signIn: SignIn, load: (may: 'ask' | 'quietly', done?: string) => Promise<void>): HTMLElement {
  const { say, tongue } = app;
  const when = tongue.moment(signIn.at);
  const screen = signIn.browser && signIn.system ? say(reviewTexts.browserOn(signIn.browser, signIn.system)) : (signIn.browser ?? signIn.system);
  const where = [screen, signIn.country && tongue.country(signIn.country)].filter(Boolean).join(', ');
  return h('li', { class: signIn.outcome },
    h('h2', {}, h('bdi', {}, signIn.platform.name)),
    signIn.platform.domain ? h('p', { class: 'domain' }, hostOf(signIn.platform.domain)) : null,
    h('p', { class: 'outcome' }, say(texts[signIn.outcome] ?? texts.approved)),
    h('p', {}, when),
    h('p', {}, say(texts.by(how(app, signIn)))),
    where ? h('p', {}, where) : null,
    signIn.outcome === 'approved' && !signIn.standing ? h('p', {}, say(texts.ended)) : null,
    signIn.outcome === 'approved' && signIn.standing ? notMe(app, signIn, when, load) : null);
}

function notMe(app: App, signIn: SignIn, when: string, load: (may: 'ask' | 'quietly', done?: string) => Promise<void>): HTMLElement {
  const { say } = app;
  const place = status();
  const yes = h('button', { type: 'button', class: 'danger' }, say(texts.yes));
  yes.addEventListener('click', () => void busy(yes, say(texts.reporting), async () => {
    const answer = await app.withSession(() => app.phone.report(signIn.id), 'ask');
    if (answer.ok) await load('quietly', say(texts.reportedNow));
    else if (app.revoked) app.router.home();
    else fail(place, say(refusalText(answer.code)));
  }));
  return h('details', {}, h('summary', { 'aria-label': say(texts.notMeOf(signIn.platform.name, when)) }, say(texts.notMe)), h('p', {}, say(texts.sure)), place, yes);
}

function how({ say, kept }: App, { door, device }: SignIn): string {
  if (door === 'password') return say(texts.password);
  return !device ? say(texts.phone) : device === kept?.name ? `${say(texts.thisPhone)} (${device})` : device;
}
