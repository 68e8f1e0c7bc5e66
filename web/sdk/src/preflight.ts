import { GapuraError, type GapuraCode } from './errors';
import { isCutOff, isInApp } from './open';
import { originOf, returnAddress, type SignInOptions } from './options';
import { ask } from './redeem';
import { loadTicket } from './ticket';
import type { Answer } from './wait';

export interface Finding {
  /** A code of GapuraError, or `ok`. */
  code: GapuraCode | 'ok';
  severity: 'error' | 'warning' | 'ok';
  message: string;
  mend: string;
  /** The cause, for a log. */
  detail: string;
}

/**
 * Asks the server whether this page may use this ticket. A server that cannot be asked has no objection.
 * @throws GapuraError `wrong_origin`, `wrong_return`, `ticket_unavailable`; with `strictly` whatever else there is.
 */
export async function checkTicket(issuer: string, token: string, redirectUri?: string, strictly?: boolean): Promise<void> {
  const said = await ask(`${issuer}/seamlesslogin/preflight`, { token, ...(redirectUri && { redirect_uri: redirectUri }) }).catch((trouble: GapuraError) => {
    if (/^403/.test(trouble.detail)) throw new GapuraError('ticket_unavailable', trouble.detail);
    if (strictly) throw trouble;
    return {} as Answer;
  });
  if (said.origin_ok === false) throw new GapuraError('wrong_origin', `${location.origin}, not ${said.domain}`);
  if (said.redirect_uri_ok === false) throw new GapuraError('wrong_return', redirectUri);
}

/** Everything a developer would else find out by a failed sign-in. Opens nothing and spends nothing. */
export async function preflight(options: Pick<SignInOptions, 'issuer' | 'ticket' | 'returnUrl' | 'language'>): Promise<Finding[]> {
  const findings: Finding[] = [];
  const note = (code: GapuraCode, severity: Finding['severity'], detail = ''): void => {
    const { message, mend } = new GapuraError(code, '', options.language);
    findings.push({ code, severity, message, mend, detail });
  };
  try {
    const issuer = originOf(options.issuer);
    const redirectUri = returnAddress(options.returnUrl);
    if (!crypto.subtle) note('insecure_context', redirectUri ? 'error' : 'warning');
    if (!redirectUri) note('return_missing', (await isCutOff()) || isInApp(navigator.userAgent) ? 'error' : 'warning');
    await checkTicket(issuer, await loadTicket(options.ticket, 20_000, new AbortController().signal), redirectUri, true);
  } catch (trouble) {
    note((trouble as GapuraError).code, 'error', (trouble as GapuraError).detail);
  }
  if (!findings.length) findings.push({ code: 'ok', severity: 'ok', message: 'OK', mend: '', detail: '' });
  return findings;
}
