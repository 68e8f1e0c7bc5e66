/** How long platforms have to load their pages before the person goes on without them, in milliseconds. */
const patience = 5000;

export interface SignedOutPage {
  readonly readyState: DocumentReadyState;
  getElementById(id: string): HTMLElement | null;
}

export interface SignedOutWindow {
  readonly location: { replace(address: string): void };
  addEventListener(type: 'load', action: () => void): void;
  setTimeout(action: () => void, milliseconds: number): unknown;
}

/** Follows the page's own link once every frame has loaded, which is when the window has, or after a few seconds. */
export function goOnward(page: SignedOutPage, window: SignedOutWindow): void {
  const address = page.getElementById('onward')?.getAttribute('href');
  if (!address) return;
  let gone = false;
  const go = (): void => {
    if (gone) return;
    gone = true;
    window.location.replace(address);
  };
  if (page.readyState === 'complete') go();
  else window.addEventListener('load', go);
  window.setTimeout(go, patience);
}
