import { commonTexts } from '../texts/common';
import { refusalText } from '../texts/refusals';
import type { App } from './app';
import { fail, fill, h } from './element';

/** Why a list is not of this moment. No network and a locked key are everyday, and no fault of the person's. */
export function tell(app: App, place: HTMLElement, code: string): void {
  const everyday = { no_network: commonTexts.offline, not_signed_in: commonTexts.locked }[code];
  if (everyday) fill(place, h('span', { class: 'hint' }, app.say(everyday)));
  else fail(place, app.say(refusalText(code)));
}
