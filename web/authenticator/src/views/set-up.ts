import { commonTexts } from '../texts/common';
import { refusalText } from '../texts/refusals';
import { setUpTexts as texts } from '../texts/set-up';
import type { Account } from '../wire/answers';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import { passwordField, textField } from '../frame/fields';
import { session } from '../frame/session';
import type { View } from '../frame/router';
import { chooseLock } from './choose-lock';
import { namePhone } from './name-phone';

/** Step 1: who is it. The password is sent once, and kept nowhere. */
export const setUp = (app: App): View => () => {
  const { say } = app;
  const place = status();
  const username = textField(app, 'username', texts.username, { autocomplete: 'username', maxlength: '256' });
  const password = passwordField(app, 'password', texts.password, 'current-password');
  const button = h('button', { type: 'submit', class: 'primary' }, say(commonTexts.next));
  const unfinished = app.kept && app.kept.deviceId === null && !app.revoked;
  if (unfinished && app.kept) username.input.value = app.kept.account.username;

  const signIn = async (): Promise<void> => {
    fill(place);
    const answer = await app.phone.signIn(username.input.value.trim(), password.input.value);
    if (!answer.ok) {
      fail(place, say(refusalText(answer.code)));
      return;
    }
    password.input.value = '';
    session.isOpen = true;
    await next(app, answer.value.account);
  };

  return {
    title: say(texts.title(app.brand)),
    body: [
      app.revoked ? h('p', { class: 'error' }, say(texts.revoked)) : null,
      h('p', { class: 'lead' }, say(unfinished ? texts.resume : texts.lead)),
      h('form', {
        class: 'fields',
        onsubmit: (event) => {
          event.preventDefault();
          void busy(button, say(commonTexts.wait), signIn);
        },
      }, h('p', { class: 'step' }, say(texts.step(1))), username.element, password.element, place, button),
    ],
  };
};

// A key that was made and not enrolled goes on where it stopped; another person's, or a revoked one, is replaced.
async function next(app: App, account: Account): Promise<void> {
  if (app.kept && app.kept.deviceId === null && !app.revoked && app.kept.account.username === account.username) app.router.go(namePhone(app));
  else app.router.go(chooseLock(app, account));
}
