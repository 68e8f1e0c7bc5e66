import { GapuraError, type GapuraCode } from './errors';
import { isCutOff, isInApp } from './open';
import { originOf, returnAddress, type SignInOptions } from './options';
import { ask } from './redeem';
import { loadTicket } from './ticket';

export interface Finding {
  /** A code of GapuraError, or `ok`. */
  code: GapuraCode | 'ok';
  severity: 'error' | 'warning' | 'ok';
  message: string;
  mend: string;
}

/**
 * Asks the server whether this page may use this ticket. A server that cannot be asked has no objection.
 * @throws GapuraError `wrong_origin`, `wrong_return`, `ticket_unavailable`; with `strictly` also `network`.
 */
export async function checkTicket(issuer: string, token: string, redirectUri?: string, strictly = false): Promise<number> {
  try {
    const said = await ask(`${issuer}/seamlesslogin/preflight`, { token, ...(redirectUri && { redirect_uri: redirectUri }) });
    if (said.origin_ok === false) throw new GapuraError('wrong_origin', `${location.origin}; registered: ${said.domain}`);
    if (said.redirect_uri_ok === false) throw new GapuraError('wrong_return', redirectUri);
    return Number(said.expires_in);
  } catch (trouble) {
    const { code, detail } = trouble as GapuraError;
    if (/^403/.test(detail)) throw new GapuraError('ticket_unavailable', detail);
    if (/^wrong/.test(code) || strictly) throw trouble;
    return Infinity;
  }
}

/** Everything a developer would else find out by a failed sign-in. Opens nothing and spends nothing. */
export async function preflight(options: Pick<SignInOptions, 'issuer' | 'ticket' | 'returnUrl' | 'language'>): Promise<Finding[]> {
  const findings: Finding[] = [];
  const note = (code: GapuraCode, severity: 'error' | 'warning', detail = ''): void => {
    const { message, mend } = new GapuraError(code, '', options.language);
    findings.push({ code, severity, message: detail ? `${message} (${detail})` : message, mend });
  };
  try {
    const issuer = originOf(options.issuer);
    const redirectUri = returnAddress(options.returnUrl, location.href);
    if (!crypto.subtle) note('insecure_context', redirectUri ? 'error' : 'warning');
    if (!redirectUri) {
      const isCut = await isCutOff();
      note('return_missing', isCut || isInApp(navigator.userAgent) ? 'error' : 'warning', isCut ? 'Cross-Origin-Opener-Policy' : '');
    }
    const token = await loadTicket(options.ticket, 20_000, new AbortController().signal);
    const seconds = await checkTicket(issuer, token, redirectUri, true);
    if (seconds < 60) note('ticket_unavailable', 'warning', `expires in ${seconds} s`);
  } catch (trouble) {
    if (!(trouble instanceof GapuraError)) throw trouble;
    note(trouble.code, 'error', trouble.detail);
  }
  return findings.length ? findings : [{ code: 'ok', severity: 'ok', message: 'OK', mend: '' }];
}
