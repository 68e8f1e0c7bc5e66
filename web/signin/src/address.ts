/**
 * Puts the address the server wrote into `data-address` in the place of the one that carries the login ticket, so that
 * the ticket is neither seen over a shoulder, nor copied with the address, nor kept in the history.
 */
export function replaceAddress(
  page: { readonly dataset: DOMStringMap },
  location: Pick<Location, 'href' | 'origin'>,
  history: Pick<History, 'replaceState' | 'state'>,
): void {
  const address = page.dataset['address'];
  if (!address) return;
  const next = new URL(address, location.href);
  if (next.origin === location.origin) history.replaceState(history.state, '', next.pathname + next.search);
}
