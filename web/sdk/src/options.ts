import { GapuraError, type Language } from './errors';

/** What a ticket source may answer: the ticket itself, or the answer of `/V1/NLE/AuthApiKey` as your backend received it. */
export type TicketAnswer = string | { readonly token: string } | { readonly data: { readonly token: string } };

export type State = 'opening' | 'ticket' | 'waiting' | 'detached' | 'redirecting' | 'redeeming' | 'done' | 'failed';

export interface SignInOptions {
  /** Origin of the sign-in server, such as `https://nle.kemenkeu.go.id`. */
  issuer: string;
  /** A function that brings a fresh login ticket, or the address of your backend's route that answers one. */
  ticket: string | (() => TicketAnswer | Promise<TicketAnswer>);
  /** A page of this origin that loads this script; one of your registered redirect addresses. */
  returnUrl?: string;
  /** `token` (usual): the page gets the token. `code`: it gets a code that only your backend can redeem. */
  response?: 'token' | 'code';
  language?: Language;
  signal?: AbortSignal;
  /** How long the person may take, in milliseconds. */
  timeout?: number;
  /** How long your backend may take to bring a ticket, in milliseconds. */
  ticketTimeout?: number;
  /** Returned unchanged; at most 1,024 characters. Made by chance when left out. */
  state?: string;
  mode?: 'auto' | 'popup' | 'redirect';
  onState?: (state: State) => void;
}

export interface TokenResult {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  username: string;
  /** 15 or 16 digits, leading zeros kept; empty when the account has none. */
  npwp: string;
  issuer: string;
  state: string;
}

export interface CodeResult {
  code: string;
  codeVerifier: string;
  redirectUri?: string;
  issuer: string;
  state: string;
}

export type Result = TokenResult | CodeResult;

/** @throws GapuraError `invalid_options` unless it is the address of a server, with or without a slash at its end. */
export function originOf(issuer: string): string {
  try {
    const { origin, href } = new URL(issuer);
    if (href === `${origin}/`) return origin;
  } catch {
    // Not an address at all.
  }
  throw new GapuraError('invalid_options', 'issuer');
}

/**
 * The return page, as it is registered. It reads what this page has kept, so it must lie on this page's origin.
 * @throws GapuraError `wrong_return`.
 */
export function returnAddress(given: string | undefined): string | undefined {
  if (!given) return undefined;
  try {
    const { origin, href } = new URL(given, location.href);
    if (origin === location.origin) return href;
  } catch {
    // Not an address at all.
  }
  throw new GapuraError('wrong_return', given);
}
