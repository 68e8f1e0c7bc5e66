import { unlockTexts } from '../texts/unlock';
import type { Unlocked } from '../vault/unlocked';
import type { App } from './app';
import { busy, fail, h, status } from './element';
import { passwordField } from './fields';

/** Asks the person to open the key, in a dialog above whatever is there. @returns null when they would rather not. */
export async function askToUnlock(app: App): Promise<Unlocked | null> {
  const { kept } = app;
  if (!kept) return null;
  // After a tap the phone can ask at once; without one a browser may refuse, so a button comes first.
  if (kept.lock.by === 'screen-lock' && navigator.userActivation?.isActive) {
    const open = await app.vault.openWithScreenLock(kept).catch(() => null);
    if (open) return open;
  }
  return kept.lock.by === 'passphrase' ? passphraseDialog(app) : screenLockDialog(app);
}

function passphraseDialog(app: App): Promise<Unlocked | null> {
  const place = status();
  const field = passwordField(app, 'unlock-passphrase', unlockTexts.passphrase, 'current-password');
  const button = h('button', { type: 'submit', class: 'primary' }, app.say(unlockTexts.open));
  return ask(app, unlockTexts.lead, [field.element, place, button], () =>
    busy(button, app.say(unlockTexts.opening), async () => {
      const open = app.kept && (await app.vault.openWithPassphrase(app.kept, field.input.value));
      if (open) return open;
      fail(place, `${app.say(unlockTexts.wrong)} ${app.say(unlockTexts.forgotten)}`);
      field.input.select();
      return null;
    }));
}

function screenLockDialog(app: App): Promise<Unlocked | null> {
  const place = status();
  const button = h('button', { type: 'submit', class: 'primary' }, app.say(unlockTexts.open));
  return ask(app, unlockTexts.screenLockLead, [place, button], () =>
    busy(button, app.say(unlockTexts.opening), async () => {
      const open = app.kept && (await app.vault.openWithScreenLock(app.kept).catch(() => null));
      if (!open) fail(place, app.say(unlockTexts.notOpened));
      return open;
    }));
}

function ask(app: App, lead: typeof unlockTexts.lead, parts: Node[], open: () => Promise<Unlocked | null | undefined>): Promise<Unlocked | null> {
  return new Promise((done) => {
    const cancel = h('button', { type: 'button', class: 'secondary' }, app.say(unlockTexts.cancel));
    const form = h('form', { class: 'fields', method: 'dialog' }, h('p', {}, app.say(lead)), ...parts, cancel);
    const dialog = h('dialog', { class: 'unlock', 'aria-labelledby': 'unlock-title' }, h('h2', { id: 'unlock-title' }, app.say(unlockTexts.title)), form);
    let opened: Unlocked | null = null;
    cancel.addEventListener('click', () => dialog.close());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void open().then((key) => {
        if (!key) return;
        opened = key;
        if (dialog.open) dialog.close();
        else key.close();
      });
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(opened);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
