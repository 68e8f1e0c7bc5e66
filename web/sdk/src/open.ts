import { say, type Language } from './errors';

const width = 445;
const height = 650;
const slow = 5000;

/** Opens the window, empty: browsers allow that only inside a click, and before anything is awaited. */
export function openPopup(language: Language): Window | null {
  const left = Math.round(screenX + (outerWidth - width) / 2);
  const top = Math.round(screenY + (outerHeight - height) / 2);
  // Without a name: a name would find another tab's window. Never "noopener": the popup answers through its opener.
  const popup = window.open('about:blank', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`);
  if (!popup || popup.closed) return null;
  write(popup, say('Membuka halaman masuk…', 'Opening the sign-in page…', language));
  setTimeout(() => write(popup, say('Masih menunggu…', 'Still waiting…', language)), slow);
  popup.focus();
  return popup;
}

function write(popup: Window, text: string): void {
  try {
    if (popup.location.href !== 'about:blank') return;
    popup.document.title = text;
    popup.document.body.textContent = text;
  } catch {
    // It shows the sign-in server's page by now, which is not ours to write on.
  }
}

/** Browsers inside apps: windows they open cannot answer, or replace the page itself. */
export const isInApp = (agent: string): boolean =>
  /; wv\)|FBA[NV]|FB_IAB|Instagram|\bLine\/|MicroMessenger|GSA\/|iP(hone|od|ad)(?!.*Safari\/)/.test(agent);

/**
 * Whether this page's own header cuts it off from the windows it opens: they then look closed and cannot answer.
 * @returns undefined when the header cannot be read.
 */
export async function isCutOff(): Promise<boolean | undefined> {
  try {
    const response = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    return response.ok ? severs(response.headers.get('cross-origin-opener-policy')) : undefined;
  } catch {
    return undefined;
  }
}

/** `same-origin` and `same-origin-plus-COEP`; the other values keep the windows that a page opens. */
export const severs = (policy: string | null): boolean => /^same-origin(?!-allow)/.test(policy ?? '');
