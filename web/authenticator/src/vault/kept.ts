import type { Sealed } from './seal';

/** What opens the key: the phone's own screen lock (WebAuthn PRF), or a passphrase. */
export type Lock =
  | { readonly by: 'passphrase'; readonly salt: Uint8Array<ArrayBuffer>; readonly iterations: number }
  | { readonly by: 'screen-lock'; readonly salt: Uint8Array<ArrayBuffer>; readonly credentialId: Uint8Array<ArrayBuffer> };

/** The phone as it is kept in the browser's database. Nothing in it opens anything without the person. */
export interface KeptPhone {
  /** 130 hex digits beginning `04`. */
  readonly publicKey: string;
  readonly sealed: Sealed;
  readonly lock: Lock;
  readonly name: string;
  readonly account: { readonly name: string; readonly username: string };
  /** The server's id of this phone; null until it has been enrolled. */
  readonly deviceId: string | null;
}

/** A small cupboard for structured values, by name. */
export interface Cupboard {
  get<T>(name: string): Promise<T | undefined>;
  put(name: string, value: unknown): Promise<void>;
  empty(): Promise<void>;
}
