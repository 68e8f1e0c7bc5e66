import { homeTexts as texts } from '../texts/home';
import { lastRows, look, markSeen, newOnes } from '../frame/sign-ins';
import type { App } from '../frame/app';
import { fill, h } from '../frame/element';
import { install, whenInstallable } from '../frame/install';
import type { View } from '../frame/router';
import type { SignIn } from '../wire/answers';
import { historyView } from './history';
import { phones } from './phones';
import { requests, showWaiting } from './requests';
import { startScan } from './scan';
import { settings } from './settings';
import { setUp } from './set-up';

/** One thing to do, large; and what happened meanwhile. */
export const home = (app: App): View => {
  if (!app.kept || app.kept.deviceId === null || app.revoked) return setUp(app);
  const { kept } = app;
  return () => {
    const { say } = app;
    // Whatever the key was open for is over.
    app.lock();
    let gone = false;
    const news = h('section', { class: 'news', hidden: true });
    const waiting = h('section', { class: 'news', hidden: true });
    const link = (label: string, view: (app: App) => View) => h('li', {}, h('button', { type: 'button', class: 'row', onclick: () => app.router.go(view(app)) }, label));

    void (async () => {
      showNews(app, news, await lastRows(app));
      await look(app, 'quietly');
      if (gone) return;
      if (app.revoked) app.router.draw();
      else showNews(app, news, await lastRows(app));
      if (!gone) await showWaiting(app, waiting);
    })();

    return {
      title: say(texts.hello(kept.account.name)),
      leave: () => (gone = true),
      body: [
        h('p', { class: 'lead' }, say(texts.lead)),
        h('button', { type: 'button', class: 'primary giant', id: 'scan', onclick: () => startScan(app) }, say(texts.scan)),
        waiting,
        news,
        h('nav', { 'aria-label': say(texts.more) }, h('ul', { class: 'menu' }, link(say(texts.requests), requests), link(say(texts.history), historyView), link(say(texts.phones), phones), link(say(texts.settings), settings))),
        installCard(app),
      ],
    };
  };
};

function installCard({ say }: App): HTMLElement {
  const button = h('button', { type: 'button', class: 'secondary' }, say(texts.install));
  const card = h('section', { hidden: true }, h('p', {}, say(texts.installLead)), button);
  button.addEventListener('click', () => void install().then(() => (card.hidden = true)));
  whenInstallable(() => (card.hidden = false));
  return card;
}

function showNews(app: App, place: HTMLElement, rows: { rows: readonly SignIn[]; seen: number } | null): void {
  const { say, tongue } = app;
  const fresh = rows ? newOnes(rows.rows, rows.seen, app.kept?.name ?? '') : [];
  place.hidden = fresh.length === 0;
  if (fresh.length === 0) return;
  const how = (each: SignIn): string => (each.door === 'password' ? say(texts.byPassword) : (each.device ?? say(texts.otherPhone)));
  fill(place,
    h('h2', {}, say(texts.newTitle(fresh.length))),
    h('ul', {}, ...fresh.slice(0, 3).map((each) => h('li', {}, say(texts.newOne(each.platform.name, how(each), tongue.moment(each.at)))))),
    h('div', { class: 'pair' },
      h('button', { type: 'button', class: 'primary', onclick: () => app.router.go(historyView(app)) }, say(texts.look)),
      h('button', { type: 'button', class: 'secondary', onclick: () => void markSeen(app).then(() => app.router.draw()) }, say(texts.mine))));
}
