import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, newPrivateKey, publicKeyOf, sign, toHex } from '../src/signer/key';
import { purposesOf } from '../src/signer/purposes';
import { fromFragment, readCode } from '../src/signer/session-id';
import { issuing, sessionId } from './fakes';

/** A stranger: node's OpenSSL, which knows nothing of the library that signed. */
function isVerified(publicKey: string, text: string, signature: string): boolean {
  const coordinate = (from: number) => Buffer.from(publicKey.slice(from, from + 64), 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'secp256k1', x: coordinate(2), y: coordinate(66) } });
  return verify('sha256', Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'));
}

describe('the signer', () => {
  it('makes signatures a stranger verifies, in strict DER with a low S', () => {
    for (let i = 0; i < 50; i++) {
      const privateKey = newPrivateKey();
      const text = `${sessionId} — ${'é'.repeat(i)}`;
      const signature = sign(text, privateKey);
      expect(isVerified(publicKeyOf(privateKey), text, signature)).toBe(true);
      expect(isVerified(publicKeyOf(privateKey), `${text}.`, signature)).toBe(false);
      const [, , , rLength = 0] = fromHex(signature);
      const s = BigInt(`0x${signature.slice(2 * (6 + rLength))}`);
      expect(s <= 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n).toBe(true);
      expect(signature).toMatch(/^30[0-9a-f]{2}02/);
    }
  });

  it('gives the public key as 130 hex digits beginning 04', () => {
    expect(publicKeyOf(newPrivateKey())).toMatch(/^04[0-9a-f]{128}$/);
    const one = new Uint8Array(32);
    one[31] = 1;
    expect(publicKeyOf(one)).toBe('0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8');
  });

  it('reads back the hex it writes', () => expect(toHex(fromHex('00ff10a5'))).toBe('00ff10a5'));

  it('signs each purpose under its own first word, and only challenges that are what they should be', () => {
    const purposes = purposesOf(issuing);
    expect(purposes.scan(sessionId)).toBe(`nu.id.scan:1:${sessionId}`);
    expect(purposes.deny(sessionId)).toBe(`nu.id.deny:1:${sessionId}`);
    expect(purposes.request('r1', 'approve', 'ab')).toBe('nu.id.request:1:r1:approve:ab');
    expect(purposes.isEnrolment('nu.id.enrol:1:x')).toBe(true);
    expect(purposes.isPhoneSession('nu.id.phone:1:x')).toBe(true);
    for (const text of [sessionId, purposes.scan(sessionId), 'nu.id.enrol:2:x', 'nu.id.phone']) {
      expect(purposes.isEnrolment(text)).toBe(false);
      expect(purposes.isPhoneSession(text)).toBe(false);
    }
    expect(purposes.isEnrolment('nu.id.phone:1:x')).toBe(false);
  });
});

describe('reading a code', () => {
  const address = 'https://id.example.go.id/authenticator/';
  const read = (text: string, now = 1678550000) => readCode(text, issuing, address, now);

  it('takes a session id, with the white space of a paste around it, and leaves it as it is', () => {
    expect(read(` ${sessionId}\n`)).toEqual({ is: 'code', code: { text: sessionId, clientId: 'tautauberes', expires: 1678550057 } });
  });

  it('takes this app’s own link, and nobody else’s', () => {
    expect(read(`${address}#scan=${encodeURIComponent(sessionId)}`).is).toBe('code');
    expect(read(`https://evil.example/authenticator/#scan=${encodeURIComponent(sessionId)}`).is).toBe('foreign');
    expect(read(`${address}#scan=%E0%A4%A`).is).toBe('foreign');
  });

  it('says when a code is over', () => {
    expect(read(sessionId, 1678550056).is).toBe('code');
    expect(read(sessionId, 1678550057).is).toBe('expired');
  });

  it.each(['', 'https://example.com', 'WIFI:S:Kantor;;', sessionId.slice(0, -1), `${sessionId}0`, sessionId.replace('nu.id', 'nu.ix'), sessionId.replace(':1:', ':2:'),
    sessionId.replace('nu.id', 'nuxid'), sessionId.replace('tautauberes', ''), sessionId.replace('abc', 'ab-'), `x${sessionId}`, `${sessionId}\nmore`, `nu.id.scan:1:${sessionId}`])(
    'is not taken in by %j', (text) => expect(read(text).is).toBe('foreign'));

  it('knows the page of our own server where a device is let in, and nothing that only looks like it', () => {
    const page = 'https://id.example.go.id/device?user_code=WDJB-MJHT';
    expect(read(` ${page}\n`)).toEqual({ is: 'device', address: page });
    for (const text of [page.replace('https', 'http'), page.replace('id.example', 'id.evil.example'), page.replace('.go.id', '.go.id.evil.example'), page.replace('.go.id/', '.go.id@evil.example/'),
      `${page}&x=1`, `${page}#x`, page.slice(0, -1), page.replace('/device', '//device'), page.replace('/device', '/authenticator/device'), page.replace('WDJB', '../a')])
      expect(read(text).is, text).toBe('foreign');
  });

  it('finds the code in the fragment of a link, and nothing in another', () => {
    expect(fromFragment(`#scan=${encodeURIComponent(sessionId)}`)).toBe(sessionId);
    expect(fromFragment('#scan=%E0%A4%A')).toBe('');
    expect(fromFragment('#content')).toBeNull();
    expect(fromFragment('')).toBeNull();
  });
});
