/** The first words of every session id of this installation, such as `nu.id` and `1`. */
export interface Issuing {
  readonly issuer: string;
  readonly version: string;
}

export interface SessionId {
  /** Exactly what the code held: this is signed. */
  readonly text: string;
  readonly clientId: string;
  /** Unix seconds. */
  readonly expires: number;
}

/** What a scanned, typed or handed-over text is. */
export type Read =
  | { readonly is: 'code'; readonly code: SessionId }
  | { readonly is: 'expired' }
  /** A device without a keyboard shows where to let it in: a page of our own server. */
  | { readonly is: 'device'; readonly address: string }
  | { readonly is: 'foreign' };

const rest = /^([A-Za-z0-9._-]{1,64}):[A-Za-z0-9]{32}:([1-9][0-9]{9})$/;
const link = '#scan=';
const devicePage = /^device\?user_code=[BCDFGHJKLMNPQRSTVWXZ]{4}-?[BCDFGHJKLMNPQRSTVWXZ]{4}$/;

/**
 * Reads the text of a code: a session id, this app's own link with one, or our own page for a device that waits.
 * @param now Unix seconds, by the server's clock where it is known.
 */
export function readCode(text: string, issuing: Issuing, ownAddress: string, now: number): Read {
  const plain = unwrap(text.trim(), ownAddress);
  const origin = ownAddress.slice(0, ownAddress.indexOf('/', 'https://'.length) + 1);
  if (plain.startsWith(origin) && devicePage.test(plain.slice(origin.length))) return { is: 'device', address: plain };
  const start = `${issuing.issuer}:${issuing.version}:`;
  const match = plain.startsWith(start) ? rest.exec(plain.slice(start.length)) : null;
  if (!match) return { is: 'foreign' };
  const [, clientId = '', seconds = ''] = match;
  const expires = Number(seconds);
  return expires <= now ? { is: 'expired' } : { is: 'code', code: { text: plain, clientId, expires } };
}

/** The session id in a fragment such as `#scan=nu.id%3A1%3A…`, or null. */
export function fromFragment(fragment: string): string | null {
  if (!fragment.startsWith(link)) return null;
  try {
    return decodeURIComponent(fragment.slice(link.length));
  } catch {
    return '';
  }
}

function unwrap(text: string, ownAddress: string): string {
  const start = ownAddress + link;
  return text.startsWith(start) ? (fromFragment(text.slice(ownAddress.length)) ?? '') : text;
}
