import { reasonTexts, reviewTexts as texts } from '../texts/review';
import type { Scanned } from '../wire/answers';
import type { App } from '../frame/app';
import { h } from '../frame/element';

/** Who asks: name, company, and the domain, which stands out. */
export function whoAsks({ say }: App, { platform }: Scanned): HTMLElement {
  return h('section', { class: 'asker' },
    h('p', {}, say(texts.ask)),
    h('p', { class: 'host' }, h('strong', {}, hostOf(platform.domain))),
    platform.company ? h('p', { class: 'company' }, say(texts.company(platform.company))) : null);
}

export function warning({ say }: App, request: Scanned): HTMLElement | null {
  const reasons = request.reasons.filter((each) => Object.hasOwn(reasonTexts, each)).map((each) => reasonTexts[each]).filter((each) => each !== undefined);
  if (!request.risky && request.confirmation !== 'none') return null;
  return h('section', { class: 'careful' },
    h('h2', {}, say(texts.riskyTitle)),
    request.risky && reasons.length > 0 ? h('ul', {}, ...reasons.map((each) => h('li', {}, say(each)))) : null,
    h('p', {}, say(request.confirmation === 'none' ? texts.blind : texts.riskyLead)));
}

/** What the server knows of the screen; what it does not know it says so. */
export function facts({ say, tongue, phone }: App, request: Scanned): HTMLElement {
  const { screen } = request;
  const or = (value: string | null | undefined): string => value || say(texts.unknown);
  const which = screen?.browser && screen.system ? say(texts.browserOn(screen.browser, screen.system)) : (screen?.browser ?? screen?.system);
  const rows: [string, string][] = [
    [say(texts.screen), or(which)],
    [say(texts.country), or(screen?.country ? tongue.country(screen.country) : null)],
    [say(texts.network), or(typeof screen?.sameNetwork === 'boolean' ? say(screen.sameNetwork ? texts.same : texts.other) : null)],
    [say(texts.opened), or(screen?.openedAt ? tongue.ago(phone.client.now() - screen.openedAt) : null)],
    [say(texts.before), or(typeof request.firstTime === 'boolean' ? say(request.firstTime ? texts.first : texts.notFirst) : null)],
  ];
  return h('dl', { class: 'facts brief' }, ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

/** What a browser would show of an address: `https://a.example` is `a.example`, everything else is told whole. */
export const hostOf = (domain: string): string => (domain.startsWith('https://') ? domain.slice('https://'.length) : domain);
