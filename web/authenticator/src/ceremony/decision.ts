import type { Scanned } from '../wire/answers';
import type { Answer, No } from '../wire/client';
import type { Phone } from '../wire/phone';
import type { Unlocked } from '../vault/unlocked';

export type Outcome = { readonly ok: true } | No;

const tries = 3;

/**
 * One scanned code, from the scan to the decision. The nonce and the signature of an approval stay the same however often
 * it is sent, so that a lost answer can be asked for again: the server then says `already_authenticated`.
 */
export class Decision {
  readonly request: Scanned;
  readonly #phone: Phone;
  readonly #publicKey: string;
  readonly #scanSignature: string;
  readonly #nonce = base64Url(crypto.getRandomValues(new Uint8Array(24)));
  readonly #wait: (milliseconds: number) => Promise<void>;

  private constructor(phone: Phone, request: Scanned, publicKey: string, scanSignature: string, wait: (milliseconds: number) => Promise<void>) {
    this.#phone = phone;
    this.request = request;
    this.#publicKey = publicKey;
    this.#scanSignature = scanSignature;
    this.#wait = wait;
  }

  static async begin(phone: Phone, key: Unlocked, sessionId: string, wait = sleep): Promise<{ ok: true; value: Decision } | No> {
    const signature = phone.signScan(key, sessionId);
    const answer = await again(() => phone.scan(sessionId, key.publicKey, signature), wait);
    if (!answer.ok) return answer;
    if (!isUnderstood(answer.value, sessionId)) return { ok: false, code: 'not_understood' };
    key.hold(1000 * Math.max(0, answer.value.expires - phone.client.now()));
    return { ok: true, value: new Decision(phone, answer.value, key.publicKey, signature, wait) };
  }

  /** Seconds in which it can still be decided. */
  get left(): number {
    return Math.max(0, this.request.expires - this.#phone.client.now());
  }

  /** Whether the digits have been typed at the screen. */
  async isConfirmed(): Promise<Answer<boolean>> {
    const answer = await this.#phone.scan(this.request.sessionId, this.#publicKey, this.#scanSignature);
    return answer.ok ? { ok: true, value: answer.value.confirmed === true } : answer;
  }

  async approve(key: Unlocked, confirmation?: string): Promise<Outcome> {
    const { sessionId } = this.request;
    const approval = { sessionId, publicKey: key.publicKey, signature: key.sign(sessionId), nonce: this.#nonce, ...(confirmation === undefined ? {} : { confirmation }) };
    const answer = await again(() => this.#phone.authenticate(approval), this.#wait);
    if (!answer.ok) return answer.code === 'already_authenticated' ? { ok: true } : answer;
    // The tokens belong to the screen: of the phone's copy only the claim is read, and nothing is kept.
    return nonceOf(answer.value?.data?.accessToken) === this.#nonce ? { ok: true } : { ok: false, code: 'wrong_nonce' };
  }

  async decline(key: Unlocked): Promise<Outcome> {
    const { sessionId } = this.request;
    const signature = this.#phone.signDeny(key, sessionId);
    const answer = await again(() => this.#phone.deny(sessionId, key.publicKey, signature), this.#wait);
    return answer.ok || answer.code === 'sign_in_denied' ? { ok: true } : answer;
  }
}

/** The claim `nonce` of an access token (RFC 7519), unchecked otherwise; null when it is not one. */
export function nonceOf(token: unknown): string | null {
  try {
    const payload = (token as string).split('.')[1] ?? '';
    const { nonce } = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as { nonce?: unknown };
    return typeof nonce === 'string' ? nonce : null;
  } catch {
    return null;
  }
}

function isUnderstood(request: Scanned, sessionId: string): boolean {
  const known = request?.sessionId === sessionId && typeof request.expires === 'number' && typeof request.platform?.name === 'string' && typeof request.platform.domain === 'string' && Array.isArray(request.reasons);
  switch (known && request.confirmation) {
    case 'match': return (request.choices?.length ?? 0) > 1;
    case 'type': return typeof request.code === 'string';
    case 'none': return true;
    default: return false;
  }
}

// Only what never reached the server, or whose answer never came back: a "no" stays a "no".
async function again<T>(send: () => Promise<Answer<T>>, wait: (milliseconds: number) => Promise<void>): Promise<Answer<T>> {
  for (let n = 1; ; n++) {
    const answer = await send();
    if (answer.ok || answer.code !== 'no_network' || n === tries) return answer;
    await wait(700 * n);
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

const base64Url = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
