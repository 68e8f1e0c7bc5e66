import { Decision } from '../ceremony/decision';
import { readCode } from '../signer/session-id';
import type { App } from '../frame/app';
import { refused } from './outcome';
import { review } from './review';

/**
 * What to do with a text that came from a camera, a picture, a keyboard or a link. On to the review when it is a code.
 * @returns the refusal's code where the camera may go on; null when something else is shown now.
 */
export async function take(app: App, text: string): Promise<string | null> {
  const read = readCode(text, app.issuing, app.address, app.phone.client.now());
  if (read.is === 'device') {
    // There the person signs in, with this very phone if they like, and compares the code.
    location.assign(read.address);
    return null;
  }
  if (read.is !== 'code') return read.is === 'expired' ? 'expired_code' : 'foreign_code';
  const key = await app.unlock();
  if (!key) return 'no_unlock';
  const begun = await Decision.begin(app.phone, key, read.code.text);
  if (begun.ok) {
    app.router.go(review(app, begun.value));
    return null;
  }
  if (begun.code !== 'invalid_key') return begun.code;
  app.revoked = true;
  app.lock();
  app.router.go(refused(app, begun.code));
  return null;
}

/** A code that came as a link, from a page on this same phone. */
export async function takeLink(app: App, text: string): Promise<void> {
  const code = await take(app, text);
  if (code) app.router.go(refused(app, code));
}
