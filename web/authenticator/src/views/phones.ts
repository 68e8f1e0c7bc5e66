import { commonTexts } from '../texts/common';
import { phonesTexts as texts } from '../texts/phones';
import { refusalText } from '../texts/refusals';
import type { Device } from '../wire/answers';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import { textField } from '../frame/fields';
import { tell } from '../frame/tell';
import type { View } from '../frame/router';

type Load = (may: 'ask' | 'quietly', done?: string) => Promise<void>;

/** The account's phones: rename, remove; a second one; a lost one. */
export const phones = (app: App): View => () => {
  const { say } = app;
  const place = status();
  const list = h('ul', { class: 'devices' });
  const refresh = h('button', { type: 'button', class: 'secondary' }, say(commonTexts.refresh));
  let gone = false;

  const load: Load = async (may, done) => {
    fill(place, say(commonTexts.wait));
    const answer = await app.withSession(app.phone.devices, may);
    if (gone) return;
    if (app.revoked) return app.router.home();
    if (answer.ok) await app.cupboard.put('phones', answer.value);
    fill(place, done && h('span', { class: 'done' }, done));
    if (!answer.ok) tell(app, place, answer.code);
    show(answer.ok ? answer.value : await app.cupboard.get<Device[]>('phones'));
  };
  const show = (devices: readonly Device[] | undefined): void => {
    if (gone || !devices) return;
    fill(list, ...devices.filter((each) => !each.revokedAt).map((each) => row(app, each, load)));
  };
  refresh.addEventListener('click', () => void busy(refresh, say(commonTexts.wait), () => load('ask')));
  void load('quietly');

  const account = new URL('/account', app.address).href;
  return {
    title: say(texts.title),
    leave: () => (gone = true),
    body: [
      h('p', { class: 'lead' }, say(texts.lead)), place, list, refresh,
      h('section', {}, h('h2', {}, say(texts.lostTitle)), h('p', {}, say(texts.lost(account)))),
      h('section', {}, h('h2', {}, say(texts.secondTitle)), h('p', {}, say(texts.second(app.address)))),
      h('button', { type: 'button', class: 'secondary', onclick: () => app.router.home() }, say(commonTexts.back)),
    ],
  };
};

function row(app: App, device: Device, load: Load): HTMLElement {
  const { say, tongue } = app;
  const own = device.publicKey === app.kept?.publicKey;
  return h('li', {},
    h('h2', {}, h('bdi', {}, device.name), own ? h('span', { class: 'own' }, say(texts.thisPhone)) : null),
    h('p', {}, say(texts.enrolled(tongue.moment(device.enrolledAt)))),
    h('p', {}, device.lastUsedAt ? say(texts.used(tongue.moment(device.lastUsedAt))) : say(texts.never)),
    rename(app, device, own, load),
    remove(app, device, own, load));
}

function rename(app: App, device: Device, own: boolean, load: Load): HTMLElement {
  const { say } = app;
  const place = status();
  const name = textField(app, `name-${device.id}`, texts.newName, { maxlength: '64', autocapitalize: 'words' });
  name.input.value = device.name;
  const save = h('button', { type: 'submit', class: 'secondary' }, say(texts.save));
  const act = async (): Promise<void> => {
    const answer = await app.withSession(() => app.phone.rename(device.id, name.input.value.trim()), 'ask');
    if (!answer.ok) return fail(place, say(refusalText(answer.code)));
    if (own && app.kept) {
      app.kept = { ...app.kept, name: answer.value.name };
      await app.vault.keep(app.kept);
    }
    await load('quietly', say(texts.renamed));
  };
  const form = h('form', {
    onsubmit: (event) => {
      event.preventDefault();
      void busy(save, say(commonTexts.wait), act);
    },
  }, name.element, place, save);
  return h('details', {}, h('summary', { 'aria-label': say(texts.renameOf(device.name)) }, say(texts.rename)), form);
}

function remove(app: App, device: Device, own: boolean, load: Load): HTMLElement {
  const { say } = app;
  const place = status();
  const yes = h('button', { type: 'button', class: 'danger' }, say(texts.yes));
  yes.addEventListener('click', () => void busy(yes, say(commonTexts.wait), async () => {
    const answer = await app.withSession(() => app.phone.revoke(device.id), 'ask');
    // Gone already is as good as gone now.
    if (!answer.ok && answer.code !== 'not_found') return fail(place, say(refusalText(answer.code)));
    if (!own) return load('quietly', say(texts.removed));
    app.revoked = true;
    app.router.home();
  }));
  const words = h('p', {}, say(texts.removeWarning(device.name)), own ? ` ${say(texts.removeOwn)}` : null);
  return h('details', {}, h('summary', { 'aria-label': say(texts.removeOf(device.name)) }, say(texts.remove)), h('div', { class: 'sure' }, words, place, yes));
}
