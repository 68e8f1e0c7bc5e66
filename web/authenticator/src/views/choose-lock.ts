import { commonTexts } from '../texts/common';
import { refusalText } from '../texts/refusals';
import { setUpTexts as texts, strengthTexts } from '../texts/set-up';
import { isEnough, strengthOf } from '../vault/passphrase';
import { mayHaveScreenLock } from '../vault/screen-lock';
import type { NewKey } from '../vault/vault';
import type { Account } from '../wire/answers';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import { passwordField } from '../frame/fields';
import type { View } from '../frame/router';
import { namePhone } from './name-phone';
import { suggestedName } from './suggested-name';

/** Step 2: the key is made, sealed under what the person chooses, and kept. It is not yet enrolled. */
export const chooseLock = (app: App, account: Account, why?: string): View => () => {
  const { say } = app;
  const place = status();
  if (why) fail(place, say(refusalText(why)));
  const screenLock = h('div', { class: 'choice', hidden: true });
  const summary = h('summary', { hidden: true }, say(texts.usePassphrase));
  const passphrase = h('details', { open: true }, summary, passphraseForm(app, account));

  const button = h('button', { type: 'button', class: 'primary' }, say(texts.screenLock));
  button.addEventListener('click', () => void busy(button, say(texts.making), async () => {
    fill(place);
    try {
      const made = await app.vault.makeWithScreenLock(`${app.brand}: ${account.username}`);
      if (made) return await keep(app, account, made);
      fail(place, say(texts.screenLockUnable));
      screenLock.hidden = summary.hidden = true;
    } catch {
      fail(place, say(texts.screenLockRefused));
    }
    passphrase.open = true;
  }));
  fill(screenLock, button, h('p', { class: 'hint' }, say(texts.screenLockHint)));
  void mayHaveScreenLock().then((may) => {
    // Where there is nothing to choose, nothing is to be opened either.
    screenLock.hidden = summary.hidden = !may;
    if (may) passphrase.open = false;
  });

  return {
    title: say(texts.lockTitle),
    body: [h('p', { class: 'step' }, say(texts.step(2))), h('p', { class: 'lead' }, say(texts.lockLead)), screenLock, place, passphrase],
  };
};

function passphraseForm(app: App, account: Account): HTMLFormElement {
  const { say } = app;
  const place = status();
  const strength = h('p', { class: 'hint', id: 'strength', 'aria-live': 'polite' });
  const first = passwordField(app, 'passphrase', texts.passphrase, 'new-password', 'strength');
  const second = passwordField(app, 'passphrase-again', texts.repeat, 'new-password');
  const button = h('button', { type: 'submit', class: 'primary' }, say(commonTexts.next));
  const judged = () => strengthOf(first.input.value, [account.username, account.name]);
  first.input.addEventListener('input', () => fill(strength, first.input.value && say(strengthTexts[judged()])));

  const make = async (): Promise<void> => {
    fill(place);
    if (!isEnough(judged())) return refuse(say(strengthTexts[judged()]), first.input);
    if (first.input.value !== second.input.value) return refuse(say(texts.differ), second.input);
    const made = await app.vault.makeWithPassphrase(first.input.value);
    first.input.value = second.input.value = '';
    await keep(app, account, made).catch(() => fail(place, say(texts.noStore)));
  };
  const refuse = (sentence: string, input: HTMLInputElement): void => {
    fail(place, sentence);
    input.focus();
  };

  return h('form', {
    class: 'fields',
    novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      void busy(button, say(texts.making), make);
    },
  }, h('p', {}, say(texts.passphraseLead)), first.element, strength, second.element, place, button);
}

async function keep(app: App, account: Account, { sealed, lock, unlocked }: NewKey): Promise<void> {
  const phone = { publicKey: unlocked.publicKey, sealed, lock, name: suggestedName(app.say), account, deviceId: null };
  await app.vault.keep(phone);
  app.lock();
  app.kept = phone;
  app.revoked = false;
  app.key = unlocked;
  app.router.go(namePhone(app));
}
