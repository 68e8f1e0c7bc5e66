import type { Issuing } from '../signer/session-id';
import type { Text } from '../texts/text';
import type { Cupboard, KeptPhone } from '../vault/kept';
import type { Unlocked } from '../vault/unlocked';
import type { Vault } from '../vault/vault';
import type { Answer } from '../wire/client';
import type { Phone } from '../wire/phone';
import type { Tongue } from './language';
import type { Router } from './router';

/** What every view is given. */
export interface App {
  readonly brand: string;
  readonly issuing: Issuing;
  /** Where this app lives, such as `https://id.example.go.id/authenticator/`. */
  readonly address: string;
  readonly phone: Phone;
  readonly vault: Vault;
  readonly cupboard: Cupboard;
  readonly tongue: Tongue;
  readonly router: Router;
  readonly say: (text: Text) => string;
  /** Null until this phone was set up. */
  kept: KeptPhone | null;
  /** The server said that this phone may not sign in any more. */
  revoked: boolean;
  /** Open for a minute after the person unlocked it. */
  key: Unlocked | null;
  /** Asks the person; null when they would rather not. */
  unlock(): Promise<Unlocked | null>;
  lock(): void;
  /** Calls with this phone's session, and opens it by the key when there is none. */
  withSession<T>(call: () => Promise<Answer<T>>, may: 'ask' | 'quietly'): Promise<Answer<T>>;
}
