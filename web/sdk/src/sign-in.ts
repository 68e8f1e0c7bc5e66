import { GapuraError, named, pageLanguage, type GapuraCode } from './errors';
import { isInApp, openPopup } from './open';
import { originOf, returnAddress, type Result, type SignInOptions } from './options';
import { newProof, randomText } from './pkce';
import { checkTicket } from './preflight';
import { redeem, type Kept } from './redeem';
import { keep, mark } from './return';
import { loadTicket } from './ticket';
import { ended, sleep, whenEnded } from './time';
import { waitForAnswer, watchClosed } from './wait';

interface Plan extends Kept {
  options: SignInOptions;
  state: string;
  language: 'id' | 'en';
}

let latest: AbortController | undefined;

/**
 * Signs a person in. Call it in the click itself. It always ends: with a result, or with a GapuraError; only when the
 * whole window goes does resume() end it, on the return page.
 */
export async function signIn(options: SignInOptions): Promise<Result> {
  const plan = readPlan(options);
  const end = new AbortController();
  const stop = (code: GapuraCode): void => end.abort(new GapuraError(code));
  latest?.abort(new GapuraError('superseded'));
  latest = end;
  if (options.signal) whenEnded(options.signal, () => stop('aborted'));
  const timer = setTimeout(stop, options.timeout ?? 600_000, 'timeout');
  let popup: Window | null | undefined;
  try {
    // First, and before anything is awaited: browsers block a window that no click opened.
    popup = end.signal.aborted ? null : choose(plan);
    const result = await Promise.race([ended(end.signal), popup ? byPopup(plan, popup, end.signal) : byRedirect(plan, end.signal)]);
    options.onState?.('done');
    return result;
  } catch (trouble) {
    popup?.close();
    options.onState?.('failed');
    throw named(trouble, plan.language);
  } finally {
    clearTimeout(timer);
    stop('aborted'); // ends what still listens for this attempt
  }
}

function readPlan(options: SignInOptions): Plan {
  const { state = mark + randomText(), response = 'token', language = pageLanguage() } = options;
  return { options, issuer: originOf(options.issuer), redirectUri: returnAddress(options.returnUrl), state, response, language };
}

/** The window, or null when this page is to go itself. */
function choose({ options: { mode, onState }, redirectUri, response, language }: Plan): Window | null {
  onState?.('opening');
  const isBare = !crypto.subtle;
  if (isBare && (response === 'code' || mode === 'redirect')) throw new GapuraError('insecure_context');
  const goes = mode === 'redirect' || (mode !== 'popup' && isInApp(navigator.userAgent));
  if (goes && !redirectUri) throw new GapuraError('return_missing');
  const popup = goes ? null : openPopup(language);
  if (popup || goes) return popup;
  if (redirectUri && mode !== 'popup' && !isBare) return null;
  throw new GapuraError('popup_blocked');
}

async function byPopup(plan: Plan, popup: Window, signal: AbortSignal): Promise<Result> {
  const { issuer, state, redirectUri, options: { onState } } = plan;
  let hasLeft = false;
  const going = async (): Promise<never> => {
    const { url, token } = await address(plan, signal);
    popup.location.replace(url);
    hasLeft = true;
    onState?.('waiting');
    await checkTicket(issuer, token, redirectUri);
    return ended(signal);
  };
  const answer = await Promise.race([
    waitForAnswer(issuer, state, popup, signal),
    watchClosed(popup, !!redirectUri, () => hasLeft, () => onState?.('detached'), signal),
    going(),
  ]);
  onState?.('redeeming');
  return redeem(plan, state, answer);
}

async function byRedirect(plan: Plan, signal: AbortSignal): Promise<never> {
  const { url, token } = await address(plan, signal, 'page');
  await Promise.race([checkTicket(plan.issuer, token, plan.redirectUri), sleep(3000, signal)]);
  if (signal.aborted) return ended(signal);
  const { issuer, response, verifier, redirectUri } = plan;
  keep(plan.state, { issuer, response, verifier, redirectUri });
  plan.options.onState?.('redirecting');
  location.assign(url);
  // Kept by the browser and shown again: the person came back without signing in.
  return new Promise((_, reject) => addEventListener('pageshow', ({ persisted }) => persisted && reject(new GapuraError('closed')), { once: true }));
}

/** Where the window goes, when the ticket is there. */
async function address(plan: Plan, signal: AbortSignal, display?: 'page'): Promise<{ url: string; token: string }> {
  const { options, redirectUri, response } = plan;
  options.onState?.('ticket');
  const token = await loadTicket(options.ticket, options.ticketTimeout ?? 20_000, signal);
  const query = new URLSearchParams({ token, state: plan.state, ui_locales: plan.language });
  if (crypto.subtle && (redirectUri || response === 'code')) {
    const proof = await newProof();
    plan.verifier = proof.verifier;
    if (redirectUri) query.set('redirect_uri', redirectUri);
    query.set('code_challenge', proof.challenge);
    query.set('code_challenge_method', 'S256');
  }
  if (response === 'code') query.set('response_type', 'code');
  query.set(display ? 'display' : 'ack', display ?? '1');
  return { url: `${plan.issuer}/seamlesslogin/?${query}`, token };
}
