import type { Cupboard } from '../src/vault/kept';
import { purposesOf } from '../src/signer/purposes';
import { Client } from '../src/wire/client';
import { Phone } from '../src/wire/phone';

export const issuing = { issuer: 'nu.id', version: '1' };
export const sessionId = 'nu.id:1:tautauberes:abcdefghijklmnopqrstuvwxyzABCDEF:1678550057';

export class Drawer implements Cupboard {
  readonly values = new Map<string, unknown>();

  get = <T>(name: string): Promise<T | undefined> => Promise.resolve(this.values.get(name) as T | undefined);

  put(name: string, value: unknown): Promise<void> {
    this.values.set(name, structuredClone(value));
    return Promise.resolve();
  }

  empty(): Promise<void> {
    this.values.clear();
    return Promise.resolve();
  }
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

export type Says = { readonly status?: number; readonly json?: unknown; readonly headers?: Record<string, string> } | 'no network';

/** A server that answers what it is told, in order, and remembers what it was sent. */
export function scripted(...says: Says[]): { phone: Phone; client: Client; sent: Sent[] } {
  const sent: Sent[] = [];
  const client = new Client((path, { method = '', body }) => {
    sent.push({ method, path, body: body ? (JSON.parse(body as string) as Record<string, unknown>) : {} });
    const say = says.shift();
    if (!say) throw new Error(`Nothing to say to ${method} ${path}`);
    if (say === 'no network') return Promise.reject(new TypeError('Failed to fetch'));
    const text = say.json === undefined ? null : JSON.stringify(say.json);
    return Promise.resolve(new Response(text, { status: say.status ?? 200, headers: say.headers ?? {} }));
  }, () => 1678550000_000);
  return { client, sent, phone: new Phone(client, purposesOf(issuing)) };
}
