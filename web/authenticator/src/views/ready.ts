import { homeTexts } from '../texts/home';
import { setUpTexts as texts } from '../texts/set-up';
import type { App } from '../frame/app';
import { h } from '../frame/element';
import type { View } from '../frame/router';
import { startScan } from './scan';

/** The phone has been enrolled. */
export const ready = (app: App): View => () => ({
  title: app.say(texts.doneTitle),
  body: [
    h('p', { class: 'done', role: 'status' }, app.kept?.name ?? ''),
    h('p', { class: 'lead' }, app.say(texts.doneLead)),
    h('button', { type: 'button', class: 'primary', onclick: () => startScan(app) }, app.say(homeTexts.scan)),
    h('button', { type: 'button', class: 'secondary', onclick: () => app.router.home() }, app.say(homeTexts.toHome)),
  ],
});
