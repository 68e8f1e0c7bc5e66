import type { Decision } from '../ceremony/decision';
import { refusalText } from '../texts/refusals';
import { reviewTexts as texts } from '../texts/review';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import type { View } from '../frame/router';
import { countdown } from './countdown';
import { digits } from './digits';
import { match } from './match';
import { approved, declined, refused } from './outcome';
import { facts, warning, whoAsks } from './request-facts';

/** A finger that was about to press something else must not decide. */
const settling = 500;

/** What the person must see, and the two answers, as large as each other. */
export const review = (app: App, decision: Decision): View => () => {
  const { say } = app;
  const place = status();
  const shown = Date.now();
  const clock = countdown(app, decision, () => app.router.go(refused(app, 'expired')));
  const choice = (label: string, waiting: string, kind: string, act: () => Promise<void>) => {
    const button = h('button', { type: 'button', class: `decide ${kind}`, id: kind }, label);
    button.addEventListener('click', () => {
      if (Date.now() - shown > settling) void busy(button, waiting, act);
    });
    return button;
  };

  const approve = async (): Promise<void> => {
    const { confirmation } = decision.request;
    if (confirmation === 'match') app.router.go(match(app, decision));
    else if (confirmation === 'type') app.router.go(digits(app, decision));
    else await sendApproval(app, decision, place);
  };

  return {
    title: say(texts.title(decision.request.platform.name)),
    leave: clock.stop,
    body: [
      whoAsks(app, decision.request),
      warning(app, decision.request),
      facts(app, decision.request),
      h('div', { class: 'decision' },
        clock.element,
        place,
        h('div', { class: 'pair' },
          choice(say(texts.decline), say(texts.declining), 'decline', () => sendDecline(app, decision, place)),
          choice(say(texts.approve), say(texts.approving), 'approve', approve))),
    ],
  };
};

/** Sends the approval; where the network fails the person may press again. */
export async function sendApproval(app: App, decision: Decision, place: HTMLElement, confirmation?: string): Promise<void> {
  fill(place);
  const key = await app.unlock();
  if (!key) return fail(place, app.say(refusalText('no_unlock')));
  const outcome = await decision.approve(key, confirmation);
  if (outcome.ok) app.router.go(approved(app, decision.request));
  else if (outcome.code === 'no_network') fail(place, app.say(refusalText('no_network')));
  else app.router.go(refused(app, outcome.code));
}

export async function sendDecline(app: App, decision: Decision, place: HTMLElement): Promise<void> {
  fill(place);
  const key = await app.unlock();
  if (!key) return fail(place, app.say(refusalText('no_unlock')));
  const outcome = await decision.decline(key);
  if (outcome.ok) app.router.go(declined(app, decision.request));
  else if (outcome.code === 'no_network') fail(place, app.say(refusalText('no_network')));
  else app.router.go(refused(app, outcome.code));
}
