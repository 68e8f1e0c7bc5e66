import type { Asked, Decided } from '../wire/answers';
import type { Answer } from '../wire/client';
import type { Phone } from '../wire/phone';
import type { Unlocked } from '../vault/unlocked';

const tries = 3;

/** What a platform asked this phone without a screen, and the person's decision about exactly what was shown. */
export class Request {
  readonly shown: Asked;
  readonly #phone: Phone;
  readonly #wait: (milliseconds: number) => Promise<void>;

  constructor(phone: Phone, shown: Asked, wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))) {
    this.#phone = phone;
    this.shown = shown;
    this.#wait = wait;
  }

  /** Seconds. */
  get left(): number {
    return Math.max(0, this.shown.expires - this.#phone.client.now());
  }

  /** A lost answer is asked for again: the server says the same to the same phone. */
  async decide(key: Unlocked, decision: Decided): Promise<Answer<{ decision: string }>> {
    const digest = await digestOf(this.shown);
    if (!key.isOpen) return { ok: false, code: 'no_unlock' };
    const signature = this.#phone.signRequest(key, this.shown.id, decision, digest);
    for (let i = 1; ; i++) {
      const answer = await this.#phone.decide(this.shown.id, decision, key.publicKey, signature);
      if (answer.ok || answer.code !== 'no_network' || i === tries) return answer;
      await this.#wait(1000 * i);
    }
  }
}

/** SHA-256 over each text in turn, as its length in bytes, a colon and itself: 64 hex digits. See docs/phone.md. */
export async function digestOf({ id, platform, message, scope, expires }: Asked): Promise<string> {
  const texts = [id, platform.clientId, platform.name, platform.domain, message ?? '', scope.join(' '), String(expires)];
  const encoder = new TextEncoder();
  const bytes = encoder.encode(texts.map((each) => `${encoder.encode(each).length}:${each}`).join(''));
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (each) => each.toString(16).padStart(2, '0')).join('');
}

/** A list that this app understands whole; anything else is shown as nothing. */
export const areAsked = (value: unknown): value is Asked[] => Array.isArray(value) && value.every((each: Partial<Asked> | null) =>
  typeof each === 'object' && typeof each?.id === 'string' && typeof each.expires === 'number' && typeof each.platform?.name === 'string' && typeof each.platform.domain === 'string'
  && (each.message === null || typeof each.message === 'string') && Array.isArray(each.scope));
