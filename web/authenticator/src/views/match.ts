import type { Decision } from '../ceremony/decision';
import { reviewTexts as texts } from '../texts/review';
import type { App } from '../frame/app';
import { h, status } from '../frame/element';
import type { View } from '../frame/router';
import { countdown } from './countdown';
import { refused } from './outcome';
import { sendApproval, sendDecline } from './review';

/** Which of three numbers is on the screen. A wrong one ends the sign-in: so says the server. */
export const match = (app: App, decision: Decision): View => () => {
  const { say } = app;
  const place = status();
  const clock = countdown(app, decision, () => app.router.go(refused(app, 'expired')));
  let chosen: string | null = null;
  let busy = false;

  const press = async (act: () => Promise<void>, button: HTMLButtonElement): Promise<void> => {
    if (busy) return;
    busy = true;
    button.setAttribute('aria-busy', 'true');
    await act();
    button.removeAttribute('aria-busy');
    busy = false;
  };
  const choices = (decision.request.choices ?? []).map((number) => {
    const button = h('button', { type: 'button', class: 'number' }, number);
    button.addEventListener('click', () => void press(async () => {
      // After a lost answer only the same number may be sent again: another would be a second guess.
      if (chosen !== null && chosen !== number) return;
      chosen = number;
      for (const each of choices) each.disabled = each !== button;
      await sendApproval(app, decision, place, number);
    }, button));
    return button;
  });
  const decline = h('button', { type: 'button', class: 'decide decline', id: 'decline' }, say(texts.noneOfThem));
  decline.addEventListener('click', () => void press(() => sendDecline(app, decision, place), decline));

  return {
    title: say(texts.matchTitle),
    leave: clock.stop,
    body: [h('p', { class: 'lead' }, say(texts.matchLead)), h('div', { class: 'numbers' }, ...choices), place, clock.element, decline],
  };
};
