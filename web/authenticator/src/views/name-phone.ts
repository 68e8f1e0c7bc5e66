import { refusalText } from '../texts/refusals';
import { setUpTexts as texts } from '../texts/set-up';
import type { Device } from '../wire/answers';
import type { Answer } from '../wire/client';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import { textField } from '../frame/fields';
import type { View } from '../frame/router';
import { chooseLock } from './choose-lock';
import { setUp } from './set-up';
import { ready } from './ready';

/** Step 3: the phone proves its key and is enrolled. May be repeated until it worked. */
export const namePhone = (app: App): View => () => {
  const { say, kept } = app;
  const place = status();
  const name = textField(app, 'phone-name', texts.name, { maxlength: '64', autocapitalize: 'words' });
  name.input.value = kept?.name ?? '';
  const button = h('button', { type: 'submit', class: 'primary' }, say(texts.enrol));

  const enrol = async (): Promise<void> => {
    fill(place);
    const answer = await tryEnrol(app, name.input.value.trim());
    if (answer.ok) {
      // A browser may otherwise throw the key away when the phone is full.
      void navigator.storage?.persist?.().catch(() => false);
      app.router.go(ready(app));
    } else if (answer.code === 'not_signed_in' || answer.code === 'fresh_sign_in_required') {
      app.router.go(setUp(app));
    } else if (answer.code === 'key_taken' && app.kept) {
      // A key serves one account once: an old one is given up for a new one.
      app.router.go(chooseLock(app, app.kept.account, answer.code));
    } else {
      fail(place, say(refusalText(answer.code)));
    }
  };

  return {
    title: say(texts.nameTitle),
    body: [
      h('form', {
        class: 'fields',
        onsubmit: (event) => {
          event.preventDefault();
          void busy(button, say(texts.enrolling), enrol);
        },
      }, h('p', { class: 'step' }, say(texts.step(3))), h('p', { class: 'lead' }, say(texts.nameLead)), name.element, place, button),
    ],
  };
};

async function tryEnrol(app: App, name: string): Promise<Answer<Device>> {
  const key = await app.unlock();
  if (!key || !app.kept) return { ok: false, code: 'no_unlock' };
  const answer = await app.phone.enrol(key, name);
  const device = answer.ok ? answer.value : answer.code === 'key_taken' ? await own(app) : null;
  if (!device) return answer;
  const phone = { ...app.kept, name: device.name, deviceId: device.id };
  await app.vault.keep(phone);
  app.kept = phone;
  app.lock();
  return { ok: true, value: device };
}

// The answer to an earlier try may have got lost on its way: then this very key is enrolled already.
async function own(app: App): Promise<Device | null> {
  const list = await app.phone.devices();
  return (list.ok && list.value.find((each) => each.publicKey === app.kept?.publicKey && !each.revokedAt)) || null;
}
