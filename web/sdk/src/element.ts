import { GapuraError, pageLanguage, type Language } from './errors';

/** What both elements share. Where there is no page, as on a server that renders, it is an empty class. */
const Base = (typeof HTMLElement === 'undefined' ? class {} : HTMLElement) as typeof HTMLElement;

export abstract class GapuraElement extends Base {
  /** Closed styles of its own: a sheet made by script is not held by the page's style-src. */
  protected paint(html: string, css: string): ShadowRoot {
    const root = this.attachShadow({ mode: 'open' });
    const part = (text: string): Node => new DOMParser().parseFromString(`<body>${text}`, 'text/html').body;
    root.append(...Array.from(part(html).childNodes));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    return root;
  }

  protected get language(): Language {
    const given = this.getAttribute('language');
    return given === 'id' || given === 'en' ? given : pageLanguage();
  }

  protected say(indonesian: string, english: string): string {
    return this.language === 'en' ? english : indonesian;
  }

  /** `gapura-result`, `gapura-error` or `gapura-state`. */
  protected tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`gapura-${name}`, { detail, bubbles: true, composed: true }));
  }

  protected fail(trouble: unknown): string {
    const error = trouble instanceof GapuraError ? trouble : new GapuraError('invalid_options', String(trouble), this.language);
    this.tell('error', error);
    return error.message;
  }
}

export function define(name: string, element: CustomElementConstructor): void {
  if (typeof customElements !== 'undefined' && !customElements.get(name)) customElements.define(name, element);
}
