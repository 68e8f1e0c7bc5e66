import type { Scanned } from './state';

/** What a person is shown of a sign-in with a phone. */
export interface View {
  /** Waiting for a phone, before there is a code to show. */
  waiting(): void;
  /** Resolves once the code is on the screen. */
  code(png: string, sessionId: string): Promise<void>;
  /** The code on the screen can no longer be scanned. */
  cover(): void;
  scanned(by: string, how: Scanned): void;
  /** A wrong code was typed, or none could be sent: then `triesLeft` is null. */
  typeAgain(triesLeft: number | null): void;
  confirmed(by: string): void;
  approved(): void;
  denied(reason: string): void;
  expired(): void;
  trouble(is: boolean): void;
  /** This cannot be had here: the password stays. */
  gone(): void;
  /** Hands the token to the page's form, which leaves the page. */
  finish(accessToken: string): void;
}
