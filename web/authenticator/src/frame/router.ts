import { h } from './element';

/** One thing on the screen at a time. */
export interface Screen {
  readonly title: string;
  readonly body: readonly (Node | string | null | false)[];
  /** Called when something else takes its place. */
  readonly leave?: () => void;
}

/** Makes the screen, in the language of now: it is called again when the language changes. */
export type View = () => Screen;

/** Home lies at the bottom; whatever else is open lies one step above it, so that the back button always leads home. */
export class Router {
  readonly #main: HTMLElement;
  readonly #brand: string;
  readonly #home: () => View;
  #above: View | null = null;
  #leave: (() => void) | undefined;
  #shown = false;

  constructor(main: HTMLElement, brand: string, home: () => View) {
    this.#main = main;
    this.#brand = brand;
    this.#home = home;
    addEventListener('popstate', () => {
      this.#above = null;
      this.draw();
    });
  }

  go(view: View): void {
    if (!this.#above) history.pushState({ above: true }, '');
    this.#above = view;
    this.draw();
  }

  home(): void {
    if (this.#above) history.back();
    else this.draw();
  }

  /** Draws the view of now again, such as in another language. */
  draw(): void {
    this.#leave?.();
    const { title, body, leave } = (this.#above ?? this.#home())();
    this.#leave = leave;
    const heading = h('h1', { tabindex: '-1' }, title);
    this.#main.replaceChildren(heading, ...body.filter((each): each is Node | string => Boolean(each)));
    document.title = `${title} · ${this.#brand}`;
    // A screen reader hears where it is now; at the first showing it reads the page by itself.
    if (this.#shown) {
      scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    }
    this.#shown = true;
  }
}
