import type { Decision } from '../ceremony/decision';
import { reviewTexts as texts } from '../texts/review';
import type { App } from '../frame/app';
import { busy, fill, h, status } from '../frame/element';
import type { View } from '../frame/router';
import { countdown } from './countdown';
import { refused } from './outcome';
import { sendApproval, sendDecline } from './review';

/** Four digits to be typed at the screen; the phone asks each second whether they were, and then signs. */
export const digits = (app: App, decision: Decision): View => () => {
  const { say } = app;
  const { code, platform } = decision.request;
  const place = status();
  const waiting = h('p', { class: 'status steady', role: 'status' }, say(texts.waiting));
  let over = false;
  const clock = countdown(app, decision, () => app.router.go(refused(app, 'expired')));
  const go = h('button', { type: 'button', class: 'decide approve', hidden: true }, say(texts.approve));
  go.addEventListener('click', () => void busy(go, say(texts.approving), () => sendApproval(app, decision, place)));
  const decline = h('button', { type: 'button', class: 'decide decline', id: 'decline' }, say(texts.decline));
  decline.addEventListener('click', () => void busy(decline, say(texts.declining), () => sendDecline(app, decision, place)));

  void (async () => {
    while (!over) {
      await new Promise((done) => setTimeout(done, 1000));
      if (over) return;
      const answer = await decision.isConfirmed();
      if (over) return;
      if (answer.ok && answer.value) break;
      if (!answer.ok && answer.code !== 'no_network') return app.router.go(refused(app, answer.code));
      const words = say(answer.ok ? texts.waiting : texts.lostWaiting);
      if (waiting.textContent !== words) fill(waiting, words);
    }
    // The key may have closed meanwhile: then a press opens it again.
    go.hidden = false;
    fill(waiting, say(app.key?.isOpen ? texts.approving : texts.unlockToApprove));
    if (app.key?.isOpen) go.click();
    else go.focus();
  })();

  return {
    title: say(texts.typeTitle),
    leave: () => {
      over = true;
      clock.stop();
    },
    body: [
      h('p', { class: 'digits' }, h('span', { 'aria-hidden': 'true' }, code ?? ''), h('span', { class: 'heard' }, [...(code ?? '')].join(' '))),
      h('p', { class: 'lead' }, say(texts.typeLead(platform.name))),
      waiting, place, clock.element, go, decline,
    ],
  };
};
