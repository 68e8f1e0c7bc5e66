import type { Issuing } from './session-id';

/** Which texts a phone may sign: each purpose has its own first word, so that none passes for another. */
export interface Purposes {
  scan(sessionId: string): string;
  deny(sessionId: string): string;
  /** A decision about what a platform asked this phone. @param digest over everything that was shown. */
  request(id: string, decision: string, digest: string): string;
  /** Whether a challenge of the server is for enrolling a key, and for nothing else. */
  isEnrolment(challenge: string): boolean;
  /** Whether a challenge of the server is for opening this phone's own session, and for nothing else. */
  isPhoneSession(challenge: string): boolean;
}

/** A server, or whoever stands in its place, must not get a sign-in signed where a challenge was asked for. */
export function purposesOf({ issuer, version }: Issuing): Purposes {
  return {
    scan: (sessionId) => `${issuer}.scan:${version}:${sessionId}`,
    deny: (sessionId) => `${issuer}.deny:${version}:${sessionId}`,
    request: (id, decision, digest) => `${issuer}.request:${version}:${id}:${decision}:${digest}`,
    isEnrolment: (challenge) => challenge.startsWith(`${issuer}.enrol:${version}:`),
    isPhoneSession: (challenge) => challenge.startsWith(`${issuer}.phone:${version}:`),
  };
}
