import { afterEach, describe, expect, it, vi } from 'vitest';
import { fromHex, publicKeyOf, toHex } from '../src/signer/key';
import type { KeptPhone } from '../src/vault/kept';
import { isEnough, strengthOf } from '../src/vault/passphrase';
import { lockOfPassphrase, lockOfSecret, seal, unseal } from '../src/vault/seal';
import { Unlocked } from '../src/vault/unlocked';
import { iterations, Vault } from '../src/vault/vault';
import { Drawer } from './fakes';

const passphrase = 'kapal besar sekali';
const quick = 1000;

async function newPhone(): Promise<{ vault: Vault; drawer: Drawer; phone: KeptPhone; unlocked: Unlocked }> {
  const drawer = new Drawer();
  const vault = new Vault(drawer);
  const { sealed, lock, unlocked } = await vault.makeWithPassphrase(passphrase, quick);
  const phone = { publicKey: unlocked.publicKey, sealed, lock, name: 'Ponsel', account: { name: 'Coba', username: 'coba' }, deviceId: null };
  await vault.keep(phone);
  return { vault, drawer, phone, unlocked };
}

afterEach(() => vi.useRealTimers());

describe('the vault', () => {
  it('opens with the right passphrase and signs as the key it keeps', async () => {
    const { vault, unlocked } = await newPhone();
    const kept = await vault.kept();
    const open = await vault.openWithPassphrase(kept!, passphrase);
    expect(open?.publicKey).toBe(unlocked.publicKey);
    expect(open?.sign('text')).toBe(unlocked.sign('text'));
  });

  it('stays shut for a wrong passphrase', async () => {
    const { vault, phone } = await newPhone();
    for (const wrong of ['', 'kapal besar sekal', 'Kapal besar sekali', `${passphrase} `]) expect(await vault.openWithPassphrase(phone, wrong)).toBeNull();
  });

  it('stays shut when anything that is kept was altered', async () => {
    const { vault, phone } = await newPhone();
    const altered = phone.sealed.bytes.slice();
    altered[0]! ^= 1;
    expect(await vault.openWithPassphrase({ ...phone, sealed: { ...phone.sealed, bytes: altered } }, passphrase)).toBeNull();
    const other = await newPhone();
    expect(await vault.openWithPassphrase({ ...phone, publicKey: other.phone.publicKey }, passphrase)).toBeNull();
  });

  it('keeps nothing in the clear: neither the private key nor the passphrase, in any form', async () => {
    const { drawer, phone } = await newPhone();
    const lock = phone.lock.by === 'passphrase' ? await lockOfPassphrase(passphrase, phone.lock.salt, quick) : null;
    const privateKey = (await unseal(phone.sealed, fromHex(phone.publicKey), lock!))!;
    expect(publicKeyOf(privateKey)).toBe(phone.publicKey);
    const everything = JSON.stringify([...drawer.values], (_, value: unknown) => (value instanceof Uint8Array ? `${toHex(value)} ${Buffer.from(value).toString('base64')} ${Buffer.from(value).toString('latin1')}` : value));
    for (const secret of [toHex(privateKey), Buffer.from(privateKey).toString('base64'), passphrase]) expect(everything).not.toContain(secret);
    expect(everything).toContain(phone.publicKey);
  });

  it('makes a new key and a new salt every time, and asks for enough work', async () => {
    const [one, two] = [await newPhone(), await newPhone()];
    expect(one.phone.publicKey).not.toBe(two.phone.publicKey);
    expect(one.phone.lock.salt).not.toEqual(two.phone.lock.salt);
    expect(one.phone.sealed.iv).not.toEqual(two.phone.sealed.iv);
    expect(iterations).toBe(600_000);
  });

  it('locks with keys that cannot be taken out of the browser', async () => {
    const lock = await lockOfPassphrase(passphrase, new Uint8Array(16), quick);
    expect(lock.extractable).toBe(false);
    const secret = new Uint8Array(32).fill(7);
    const fromAuthenticator = await lockOfSecret(secret, new Uint8Array(32));
    expect(fromAuthenticator.extractable).toBe(false);
    expect(secret).toEqual(new Uint8Array(32));
    const sealed = await seal(new Uint8Array(32).fill(9), new Uint8Array(65), fromAuthenticator);
    expect(await unseal(sealed, new Uint8Array(65), await lockOfSecret(new Uint8Array(32).fill(7), new Uint8Array(32)))).toEqual(new Uint8Array(32).fill(9));
    expect(await unseal(sealed, new Uint8Array(65), await lockOfSecret(new Uint8Array(32).fill(8), new Uint8Array(32)))).toBeNull();
  });
});

describe('an open key', () => {
  const open = (): { key: Unlocked; bytes: Uint8Array } => {
    vi.useFakeTimers();
    const bytes = new Uint8Array(32).fill(1);
    return { bytes, key: new Unlocked(publicKeyOf(bytes), bytes) };
  };

  it('closes after a minute and overwrites its bytes', () => {
    const { key, bytes } = open();
    vi.advanceTimersByTime(59_000);
    expect(key.isOpen).toBe(true);
    vi.advanceTimersByTime(2_000);
    expect(key.isOpen).toBe(false);
    expect(bytes).toEqual(new Uint8Array(32));
    expect(() => key.sign('text')).toThrow();
  });

  it('stays open while somebody decides, but never longer than two minutes', () => {
    const { key } = open();
    vi.advanceTimersByTime(50_000);
    key.hold(60_000);
    vi.advanceTimersByTime(50_000);
    expect(key.isOpen).toBe(true);
    key.hold(3_600_000);
    vi.advanceTimersByTime(21_000);
    expect(key.isOpen).toBe(false);
  });

  it('is not reopened by holding it, and overwrites its bytes when closed by hand', () => {
    const { key, bytes } = open();
    key.close();
    key.hold(60_000);
    expect(key.isOpen).toBe(false);
    expect(bytes).toEqual(new Uint8Array(32));
  });
});

describe('a passphrase', () => {
  it.each(['', 'pendek', '1234567', 'abc def'])('of %j is too short', (text) => expect(strengthOf(text)).toBe('too-short'));

  it.each(['12345678', '87654321', 'aaaaaaaa', 'abababab', 'password', 'Password123', 'rahasia1', 'i n d o n e s i a', 'cobajualan', 'CobaJualan99'])('of %j is too easy', (text) =>
    expect(strengthOf(text, ['cobajualan'])).toBe('too-easy'));

  it.each([['82736455', 'fair'], ['gunung79', 'fair'], ['kapal besar', 'good'], ['kapal besar sekali', 'strong'], ['Kr8!vw#Lq2zP', 'strong']])('of %j is %s', (text, strength) => {
    expect(strengthOf(text)).toBe(strength);
    expect(isEnough(strengthOf(text))).toBe(true);
  });
});
