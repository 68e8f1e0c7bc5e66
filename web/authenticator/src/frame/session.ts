import type { Answer } from '../wire/client';
import type { App } from './app';

const remembered = 'gapura-session';

/** Whether this phone believes that its session is open: one question less over a slow network. */
export const session = {
  get isOpen(): boolean {
    return localStorage.getItem(remembered) === 'open';
  },
  set isOpen(open: boolean) {
    if (open) localStorage.setItem(remembered, 'open');
    else localStorage.removeItem(remembered);
  },
};

/**
 * Calls with this phone's session. Where there is none, the key opens one: the key that is open anyway, or after asking.
 */
export async function withSession<T>(app: App, call: () => Promise<Answer<T>>, may: 'ask' | 'quietly'): Promise<Answer<T>> {
  const first: Answer<T> = session.isOpen ? await call() : { ok: false, code: 'not_signed_in' };
  if (first.ok || first.code !== 'not_signed_in') return first;
  session.isOpen = false;
  const wasOpen = app.key?.isOpen === true;
  const key = wasOpen ? app.key : may === 'ask' ? await app.unlock() : null;
  if (!key) return may === 'ask' ? { ok: false, code: 'no_unlock' } : first;
  try {
    const opened = await app.phone.openSession(key);
    if (!opened.ok) {
      if (opened.code === 'invalid_key') app.revoked = true;
      return opened;
    }
    session.isOpen = true;
    return await call();
  } finally {
    if (!wasOpen) app.lock();
  }
}
