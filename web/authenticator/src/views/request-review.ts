import type { Request } from '../ceremony/request';
import { outcomeTexts } from '../texts/outcome';
import { refusalText } from '../texts/refusals';
import { requestTexts as texts, scopeTexts } from '../texts/requests';
import { reviewTexts } from '../texts/review';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import type { View } from '../frame/router';
import type { Decided } from '../wire/answers';
import { countdown } from './countdown';
import { refused } from './outcome';
import { hostOf } from './request-facts';

/** A finger that was about to press something else must not decide. */
const settling = 500;

/** Who asks, for what and with which message: everything that the signature will be about; and the answers. */
export const requestReview = (app: App, request: Request): View => () => {
  const { say, tongue } = app;
  const { platform, message, scope, openedAt } = request.shown;
  const place = status();
  const shown = Date.now();
  const clock = countdown(app, request, () => app.router.go(refused(app, 'expired_request')));
  const choice = (label: string, waiting: string, kind: string, decision: Decided) => {
    const button = h('button', { type: 'button', class: decision === 'report' ? 'secondary' : `decide ${kind}`, id: kind }, label);
    button.addEventListener('click', () => {
      if (Date.now() - shown > settling) void busy(button, waiting, () => send(app, request, decision, place));
    });
    return button;
  };
  return {
    title: say(texts.ask(platform.name)),
    leave: clock.stop,
    body: [
      h('section', { class: 'asker' },
        h('p', {}, say(texts.asker)),
        h('p', { class: 'host' }, h('strong', {}, hostOf(platform.domain))),
        platform.company ? h('p', { class: 'company' }, say(reviewTexts.company(platform.company))) : null),
      message === null ? null : h('section', { class: 'asker' }, h('p', {}, say(texts.message)), h('p', { class: 'host', id: 'message' }, h('strong', {}, h('bdi', {}, message)))),
      h('p', {}, say(texts.wants)),
      h('ul', { class: 'asked' }, ...scope.map((word) => h('li', {}, Object.hasOwn(scopeTexts, word) && scopeTexts[word] ? say(scopeTexts[word]) : word))),
      h('section', { class: 'careful' }, h('p', {}, say(texts.care))),
      h('dl', { class: 'facts brief' }, h('div', {}, h('dt', {}, say(texts.asked)), h('dd', {}, tongue.ago(app.phone.client.now() - openedAt)))),
      // Not at the foot of the screen with the other two: there it would cover what is asked.
      choice(say(texts.notMe), say(reviewTexts.declining), 'report', 'report'),
      h('div', { class: 'decision' },
        clock.element,
        place,
        h('div', { class: 'pair' },
          choice(say(reviewTexts.decline), say(reviewTexts.declining), 'decline', 'decline'),
          choice(say(reviewTexts.approve), say(reviewTexts.approving), 'approve', 'approve'))),
    ],
  };
};

async function send(app: App, request: Request, decision: Decided, place: HTMLElement): Promise<void> {
  fill(place);
  const key = await app.unlock();
  if (!key) return fail(place, app.say(refusalText('no_unlock')));
  const answer = await app.withSession(() => request.decide(key, decision), 'ask');
  if (answer.ok) app.router.go(decided(app, request, decision));
  else if (answer.code === 'no_network' || answer.code === 'no_unlock') fail(place, app.say(refusalText(answer.code)));
  else app.router.go(refused(app, answer.code === 'not_found' ? 'expired_request' : answer.code));
}

const decided = (app: App, { shown }: Request, decision: Decided): View => {
  app.lock();
  return () => ({
    title: app.say(decision === 'approve' ? outcomeTexts.approvedTitle : outcomeTexts.declinedTitle),
    body: [
      h('p', { class: 'done', role: 'status' }, app.say(decision === 'approve' ? texts.approved(shown.platform.name) : texts.declined(shown.platform.name))),
      decision === 'report' ? h('p', {}, app.say(texts.reported)) : null,
      h('button', { type: 'button', class: 'primary', onclick: () => app.router.home() }, app.say(outcomeTexts.finish)),
    ],
  });
};
