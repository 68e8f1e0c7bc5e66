import type { Purposes } from '../signer/purposes';
import type { Unlocked } from '../vault/unlocked';
import type { Account, Asked, Challenge, Decided, Device, Own, Scanned, SignIn } from './answers';
import type { Answer, Client } from './client';

/** Every call of docs/phone.md this phone makes. */
export class Phone {
  readonly client: Client;
  readonly #purposes: Purposes;

  constructor(client: Client, purposes: Purposes) {
    this.client = client;
    this.#purposes = purposes;
  }

  signIn = (username: string, password: string): Promise<Answer<{ account: Account }>> =>
    this.client.send('POST', '/v1/phone/sign-in', { username, password });

  /** Opens this phone's session by its key, without a password. */
  async openSession(key: Unlocked): Promise<Answer<{ account: Account }>> {
    const { publicKey } = key;
    const asked = await this.client.send<Challenge>('POST', '/v1/phone/challenge', { publicKey });
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    if (!this.#purposes.isPhoneSession(challenge)) return { ok: false, code: 'not_understood' };
    if (!key.isOpen) return { ok: false, code: 'no_unlock' };
    return this.client.send('POST', '/v1/phone/session', { publicKey, challenge, signature: key.sign(challenge) });
  }

  async enrol(key: Unlocked, name: string): Promise<Answer<Device>> {
    const asked = await this.client.send<Challenge>('POST', '/v1/devices/challenge', {});
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    if (!this.#purposes.isEnrolment(challenge)) return { ok: false, code: 'not_understood' };
    if (!key.isOpen) return { ok: false, code: 'no_unlock' };
    return this.client.send('POST', '/v1/devices', { name, publicKey: key.publicKey, challenge, signature: key.sign(challenge) });
  }

  scan = (sessionId: string, publicKey: string, signature: string): Promise<Answer<Scanned>> =>
    this.client.send('POST', '/v1/qrAuth/scan', { sessionId, publicKey, signature });

  deny = (sessionId: string, publicKey: string, signature: string): Promise<Answer<{ denied: boolean }>> =>
    this.client.send('POST', '/v1/qrAuth/deny', { sessionId, publicKey, signature });

  authenticate = (approval: Approval): Promise<Answer<{ data: { accessToken: string } }>> => this.client.send('POST', '/v1/authenticate', approval);

  signScan = (key: Unlocked, sessionId: string): string => key.sign(this.#purposes.scan(sessionId));

  signDeny = (key: Unlocked, sessionId: string): string => key.sign(this.#purposes.deny(sessionId));

  own = (): Promise<Answer<Own>> => this.client.send('GET', '/v1/phone');

  signIns = (): Promise<Answer<SignIn[]>> => this.client.send('GET', '/v1/phone/sign-ins');

  report = (id: string): Promise<Answer<{ revoked: boolean }>> => this.client.send('POST', `/v1/phone/sign-ins/${encodeURIComponent(id)}/report`, {});

  requests = (): Promise<Answer<Asked[]>> => this.client.send('GET', '/v1/phone/requests');

  decide = (id: string, decision: Decided, publicKey: string, signature: string): Promise<Answer<{ decision: string }>> =>
    this.client.send('POST', `/v1/phone/requests/${encodeURIComponent(id)}`, { decision, publicKey, signature });

  signRequest = (key: Unlocked, id: string, decision: Decided, digest: string): string => key.sign(this.#purposes.request(id, decision, digest));

  devices = (): Promise<Answer<Device[]>> => this.client.send('GET', '/v1/devices');

  rename = (id: string, name: string): Promise<Answer<Device>> => this.client.send('PATCH', `/v1/devices/${encodeURIComponent(id)}`, { name });

  revoke = (id: string): Promise<Answer<undefined>> => this.client.send('DELETE', `/v1/devices/${encodeURIComponent(id)}`);

  subscribe = (id: string, endpoint: string): Promise<Answer<undefined>> =>
    this.client.send('PUT', `/v1/devices/${encodeURIComponent(id)}/push`, { endpoint });

  unsubscribe = (id: string): Promise<Answer<undefined>> => this.client.send('DELETE', `/v1/devices/${encodeURIComponent(id)}/push`);
}

/** The documented call, with the digits chosen where the screen showed some. */
export interface Approval {
  readonly sessionId: string;
  readonly publicKey: string;
  readonly signature: string;
  readonly nonce: string;
  readonly confirmation?: string;
}
