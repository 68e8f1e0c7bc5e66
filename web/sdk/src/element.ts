import { named, pageLanguage, type Language } from './errors';

/** Where there is no page, as on a server that renders, it is an empty class. */
export const Element = (typeof HTMLElement === 'undefined' ? class {} : HTMLElement) as typeof HTMLElement;

/** Gives an element its inside, with a style that is made by script and so not held by the page's style-src. */
export function paint(host: HTMLElement, html: string, css: string): <T extends HTMLElement>(selector: string) => T {
  const root = host.attachShadow({ mode: 'open' });
  root.append(document.createRange().createContextualFragment(html));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${css}:focus-visible{outline:3px solid var(--gapura-focus,#2563eb);outline-offset:2px}button,input{font:inherit;min-height:44px}`);
  root.adoptedStyleSheets = [sheet];
  return <T extends HTMLElement>(selector: string) => root.querySelector<T>(selector)!;
}

export function languageOf(host: HTMLElement): Language {
  const given = host.getAttribute('language');
  return given === 'id' || given === 'en' ? given : pageLanguage();
}

/** Fires `gapura-result`, `gapura-error` or `gapura-state`. */
export const tell = (host: HTMLElement, name: 'result' | 'error' | 'state', detail: unknown): boolean =>
  host.dispatchEvent(new CustomEvent(`gapura-${name}`, { detail, bubbles: true, composed: true }));

/** @returns the sentence for the person. */
export function tellTrouble(host: HTMLElement, trouble: unknown): string {
  const error = named(trouble, languageOf(host));
  tell(host, 'error', error);
  return error.message;
}

export function define(name: string, element: CustomElementConstructor): void {
  if (typeof customElements !== 'undefined' && !customElements.get(name)) customElements.define(name, element);
}
