type Child = Node | string | null | undefined | false;

type Attributes = Readonly<Record<string, string | boolean | null | undefined | ((event: Event) => unknown)>>;

/** Makes an element. Texts become text nodes: nothing a server or a code says is ever read as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => child instanceof Node || typeof child === 'string'));
  return element;
}

/** Replaces what an element holds. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => child instanceof Node || typeof child === 'string'));
}

/** A line that screen readers say when it changes. Empty it takes no room away from anything. */
export const status = (): HTMLParagraphElement => h('p', { class: 'status', role: 'status', 'aria-live': 'polite' });

/** Shows a refusal in its place, for eyes and ears. */
export function fail(place: HTMLElement, sentence: string): void {
  fill(place, h('span', { class: 'error', role: 'alert' }, sentence));
}

/** Runs an action of a button once at a time, and says that it is busy. */
export async function busy<T>(button: HTMLButtonElement, words: string, act: () => Promise<T>): Promise<T | undefined> {
  if (button.disabled) return undefined;
  const before = [...button.childNodes];
  button.disabled = true;
  button.replaceChildren(words);
  try {
    return await act();
  } finally {
    button.disabled = false;
    button.replaceChildren(...before);
  }
}
