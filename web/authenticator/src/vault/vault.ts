import { fromHex, newPrivateKey, publicKeyOf } from '../signer/key';
import type { Cupboard, KeptPhone, Lock } from './kept';
import { makeScreenLock, openScreenLock } from './screen-lock';
import { lockOfPassphrase, seal, unseal } from './seal';
import { Unlocked } from './unlocked';

/** OWASP's figure for PBKDF2-SHA-256: about a second on a cheap phone. */
export const iterations = 600_000;

/** A new key that is open and sealed at once, not yet kept. */
export interface NewKey {
  readonly sealed: KeptPhone['sealed'];
  readonly lock: Lock;
  readonly unlocked: Unlocked;
}

/** Keeper of this phone's key. The private bytes are in the clear only inside an `Unlocked`. */
export class Vault {
  readonly #cupboard: Cupboard;

  constructor(cupboard: Cupboard) {
    this.#cupboard = cupboard;
  }

  kept(): Promise<KeptPhone | undefined> {
    return this.#cupboard.get<KeptPhone>('phone');
  }

  keep(phone: KeptPhone): Promise<void> {
    return this.#cupboard.put('phone', phone);
  }

  async makeWithPassphrase(passphrase: string, rounds = iterations): Promise<NewKey> {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    return make({ by: 'passphrase', salt, iterations: rounds }, await lockOfPassphrase(passphrase, salt, rounds));
  }

  /** @returns null when this phone cannot; throws when the person said no. */
  async makeWithScreenLock(name: string): Promise<NewKey | null> {
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const made = await makeScreenLock(name, salt);
    return made && make({ by: 'screen-lock', salt, credentialId: made.credentialId }, made.lock);
  }

  /** @returns null for a wrong passphrase. */
  async openWithPassphrase(phone: KeptPhone, passphrase: string): Promise<Unlocked | null> {
    if (phone.lock.by !== 'passphrase') return null;
    return open(phone, await lockOfPassphrase(passphrase, phone.lock.salt, phone.lock.iterations));
  }

  /** Throws when the person said no. */
  async openWithScreenLock(phone: KeptPhone): Promise<Unlocked | null> {
    if (phone.lock.by !== 'screen-lock') return null;
    return open(phone, await openScreenLock(phone.lock.credentialId, phone.lock.salt));
  }
}

async function make(lock: Lock, lockKey: CryptoKey): Promise<NewKey> {
  const privateKey = new Uint8Array(newPrivateKey());
  const publicKey = publicKeyOf(privateKey);
  return { lock, sealed: await seal(privateKey, fromHex(publicKey), lockKey), unlocked: new Unlocked(publicKey, privateKey) };
}

async function open(phone: KeptPhone, lockKey: CryptoKey): Promise<Unlocked | null> {
  const privateKey = await unseal(phone.sealed, fromHex(phone.publicKey), lockKey);
  return privateKey && new Unlocked(phone.publicKey, privateKey);
}
