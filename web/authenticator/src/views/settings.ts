import { commonTexts } from '../texts/common';
import { refusalText } from '../texts/refusals';
import { settingsTexts as texts } from '../texts/settings';
import type { App } from '../frame/app';
import { busy, fail, fill, h, status } from '../frame/element';
import { pushState, turnOff, turnOn } from '../frame/push';
import type { View } from '../frame/router';
import { session } from '../frame/session';

/** What belongs to this phone: its lock, its notifications, and forgetting everything. */
export const settings = (app: App): View => () => {
  const { say, kept } = app;
  const fact = (name: string, value: string) => h('div', {}, h('dt', {}, name), h('dd', {}, h('bdi', {}, value)));
  return {
    title: say(texts.title),
    body: [
      h('dl', { class: 'facts' },
        fact(say(texts.account), `${kept?.account.name ?? ''} (${kept?.account.username ?? ''})`),
        fact(say(texts.phone), kept?.name ?? ''),
        fact(say(texts.lock), say(kept?.lock.by === 'screen-lock' ? texts.screenLock : texts.passphrase))),
      notices(app),
      forgetting(app),
      h('button', { type: 'button', class: 'secondary', onclick: () => app.router.home() }, say(commonTexts.back)),
    ],
  };
};

function notices(app: App): HTMLElement {
  const { say } = app;
  const place = status();
  const button = h('button', { type: 'button', class: 'secondary', disabled: true }, say(texts.turnOn));
  const draw = async (): Promise<void> => {
    const state = await pushState();
    button.disabled = state === 'unable';
    button.hidden = state === 'unable';
    fill(button, say(state === 'on' ? texts.turnOff : texts.turnOn));
    if (state === 'unable') fill(place, say(texts.noPush));
  };
  button.addEventListener('click', () => void (async () => {
    const trouble = await busy(button, say(commonTexts.wait), async () => {
      fill(place);
      if ((await pushState()) === 'on') return turnOff(app).then(() => null);
      return turnOn(app);
    });
    await draw();
    const known = { unable: texts.noPush, denied: texts.pushDenied, failed: texts.pushFailed, invalid_request: texts.pushFailed }[trouble ?? ''];
    if (trouble) fail(place, say(known ?? refusalText(trouble)));
    else fill(place, say((await pushState()) === 'on' ? texts.on : texts.off));
  })());
  void draw();
  return h('section', {}, h('h2', {}, say(texts.noticeTitle)), h('p', {}, say(texts.notice)), button, place);
}

function forgetting(app: App): HTMLElement {
  const { say } = app;
  const yes = h('button', { type: 'button', class: 'danger' }, say(texts.forgetYes));
  yes.addEventListener('click', () => void busy(yes, say(commonTexts.wait), () => forget(app)));
  return h('section', {}, h('details', {}, h('summary', {}, say(texts.forgetTitle)), h('div', { class: 'sure' }, h('p', {}, say(texts.forget)), yes)));
}

// The server is told first, while there is a key to say it with; what it answers does not keep the key here.
async function forget(app: App): Promise<void> {
  const id = app.kept?.deviceId;
  await turnOff(app, 'quietly').catch(() => undefined);
  const told = id && !app.revoked ? await app.withSession(() => app.phone.revoke(id), 'ask') : { ok: true as const };
  app.lock();
  await app.cupboard.empty();
  session.isOpen = false;
  app.kept = null;
  app.revoked = false;
  if (told.ok || told.code === 'not_found' || told.code === 'invalid_key') return app.router.home();
  app.router.go(() => ({
    title: app.say(texts.forgetTitle),
    body: [
      h('p', { class: 'error', role: 'alert' }, app.say(texts.forgetOffline)),
      h('button', { type: 'button', class: 'primary', onclick: () => app.router.home() }, app.say(commonTexts.next)),
    ],
  }));
}
