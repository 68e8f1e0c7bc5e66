import { areAsked, Request } from '../ceremony/request';
import { commonTexts } from '../texts/common';
import { requestTexts as texts } from '../texts/requests';
import type { App } from '../frame/app';
import { busy, fill, h, status } from '../frame/element';
import { tell } from '../frame/tell';
import type { View } from '../frame/router';
import type { Asked } from '../wire/answers';
import type { Answer } from '../wire/client';
import { requestReview } from './request-review';

/** What platforms ask this phone now; each leads to its decision. */
export const requests = (app: App): View => () => {
  const { say } = app;
  const place = status();
  const list = h('ul', { class: 'menu' });
  const refresh = h('button', { type: 'button', class: 'secondary' }, say(commonTexts.refresh));
  let gone = false;
  const load = async (): Promise<void> => {
    fill(place, say(commonTexts.wait));
    const answer = await ask(app, 'ask');
    if (gone) return;
    if (app.revoked) return app.router.home();
    if (!answer.ok) return tell(app, place, answer.code);
    fill(place, answer.value.length === 0 && say(texts.none));
    fill(list, ...rows(app, answer.value));
  };
  refresh.addEventListener('click', () => void busy(refresh, say(commonTexts.wait), load));
  void load();
  return {
    title: say(texts.title),
    leave: () => (gone = true),
    body: [h('p', { class: 'lead' }, say(texts.lead)), place, list, refresh, h('button', { type: 'button', class: 'secondary', onclick: () => app.router.home() }, say(commonTexts.back))],
  };
};

/** On the start page, where the phone's session is open anyway. */
export async function showWaiting(app: App, place: HTMLElement): Promise<void> {
  const answer = await ask(app, 'quietly');
  place.hidden = !answer.ok || answer.value.length === 0;
  if (answer.ok) fill(place, h('h2', {}, app.say(texts.waiting(answer.value.length))), h('ul', { class: 'menu' }, ...rows(app, answer.value)));
}

async function ask(app: App, may: 'ask' | 'quietly'): Promise<Answer<Asked[]>> {
  const answer = await app.withSession(app.phone.requests, may);
  return answer.ok && !areAsked(answer.value) ? { ok: false, code: 'not_understood' } : answer;
}

const rows = (app: App, asked: readonly Asked[]): HTMLElement[] => asked.map((each) =>
  h('li', {}, h('button', { type: 'button', class: 'row', onclick: () => app.router.go(requestReview(app, new Request(app.phone, each))) },
    app.say(texts.open(each.platform.name, app.tongue.ago(app.phone.client.now() - each.openedAt))))));
