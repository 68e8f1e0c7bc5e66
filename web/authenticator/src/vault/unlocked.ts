import { sign } from '../signer/key';

/**
 * The private key while it is in use: 60 seconds, or until what was scanned with it is over, never longer than two
 * minutes. Then its bytes are overwritten.
 */
export class Unlocked {
  readonly publicKey: string;
  #privateKey: Uint8Array | null;
  readonly #latest: number;
  #until: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(publicKey: string, privateKey: Uint8Array, now = Date.now()) {
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
    this.#latest = now + 120_000;
    this.#until = now + 60_000;
    this.#wait(now);
  }

  get isOpen(): boolean {
    return this.#privateKey !== null && Date.now() < this.#until;
  }

  /** @throws when it is closed: ask `isOpen` first. */
  sign(text: string): string {
    if (!this.isOpen || !this.#privateKey) throw new Error('The key is locked.');
    return sign(text, this.#privateKey);
  }

  /** Stays open while the person decides. */
  hold(milliseconds: number, now = Date.now()): void {
    if (!this.isOpen) return;
    this.#until = Math.min(now + milliseconds, this.#latest);
    this.#wait(now);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#privateKey?.fill(0);
    this.#privateKey = null;
  }

  #wait(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), Math.max(0, this.#until - now));
  }
}
