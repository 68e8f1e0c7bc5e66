/** The element the server marked with `data-part`; a page without it is not ours, and nothing is done to it. */
export function part<T extends HTMLElement>(panel: ParentNode, name: string, type: new () => T): T {
  const found = panel.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof type)) throw new Error(`The page has no ${name}.`);
  return found;
}
