import type { Answer } from '../wire/client';
import type { App } from './app';

/**
 * Calls with this phone's session. Where there is none, the key opens one: the key that is open anyway, or after asking.
 */
export async function withSession<T>(app: App, call: () => Promise<Answer<T>>, may: 'ask' | 'quietly'): Promise<Answer<T>> {
  const first = await call();
  if (first.ok || first.code !== 'not_signed_in') return first;
  const wasOpen = app.key?.isOpen === true;
  const key = wasOpen ? app.key : may === 'ask' ? await app.unlock() : null;
  if (!key) return may === 'ask' ? { ok: false, code: 'no_unlock' } : first;
  try {
    const opened = await app.phone.openSession(key);
    if (!opened.ok) {
      if (opened.code === 'invalid_key') app.revoked = true;
      return opened;
    }
    return await call();
  } finally {
    if (!wasOpen) app.lock();
  }
}
