import { GapuraError } from './errors';
import type { Result } from './options';
import type { Answer } from './wait';

/** What must be kept of an attempt until its answer comes. */
export interface Kept {
  issuer: string;
  response: 'token' | 'code';
  verifier?: string | undefined;
  redirectUri?: string | undefined;
}

/** Turns an answer into a result. A code for this page is redeemed here, one for the backend is handed on. */
export async function redeem(kept: Kept, state: string, answer: Answer): Promise<Result> {
  const { issuer, response, verifier, redirectUri } = kept;
  if (answer.error) throw new GapuraError('denied', String(answer.error));
  // RFC 9207: a code that came by an address must name the server that gave it; a message's origin was checked.
  if ((answer.iss ?? (answer.access_token ? issuer : '')) !== issuer) throw new GapuraError('invalid_answer', 'iss');
  if (answer.access_token && response === 'token') return result(answer, issuer, state);
  if (typeof answer.code !== 'string' || !verifier) throw new GapuraError('invalid_answer', 'code');
  if (response === 'code') return { code: answer.code, codeVerifier: verifier, ...(redirectUri && { redirectUri }), state, issuer };
  return result(await askAgain(`${issuer}/seamlesslogin/collect`, { code: answer.code, code_verifier: verifier }), issuer, state);
}

function result(message: Answer, issuer: string, state: string): Result {
  const { access_token: accessToken, expires_in: expiresIn, username, npwp } = message as Readonly<Record<string, string>> & { expires_in: number };
  if ([accessToken, username, npwp].some((text) => typeof text !== 'string') || typeof expiresIn !== 'number') throw new GapuraError('invalid_answer', 'message');
  return { accessToken: accessToken!, expiresIn, username: username!, npwp: npwp!, issuer, state };
}

/** What is delivered once: a network that fails for a moment must not lose it. It waits for a minute. */
export async function askAgain(address: string, fields: Record<string, string>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask(address, fields);
    } catch (trouble) {
      if ((trouble as GapuraError).code !== 'network' || tries === 5) throw trouble;
      await new Promise((resolve) => setTimeout(resolve, 500 * tries));
    }
  }
}

/**
 * As a form, not as JSON: a form needs no question of the browser's before it.
 * @throws GapuraError `network` when nothing answers; `denied` with the server's own words when it says no.
 */
export async function ask(address: string, fields: Record<string, string>): Promise<Answer> {
  const response = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), credentials: 'omit' }).catch((cause: unknown) => {
    throw new GapuraError('network', String(cause));
  });
  const answer = Object(await response.json().catch(() => undefined)) as Answer;
  if (!response.ok) throw new GapuraError(response.status < 500 ? 'denied' : 'network', `${response.status} ${answer.error ?? ''} ${answer.error_description ?? ''}`);
  return answer;
}
