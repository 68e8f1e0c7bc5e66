import { handBack, type Returned } from './channel';
import { GapuraError, named, say, type Language } from './errors';
import type { Result } from './options';
import { redeem, type Kept } from './redeem';

const key = (state: string): string => `gapura:${state}`;
const patience = 1500;

/** States of our own making begin with it, so that another library's return on the same page is left alone. */
export const mark = 'gapura.';

/** What came back to this window and waits for another page, once this script has looked. */
let handing: Promise<boolean> | undefined;

/** Before the whole window goes: in this tab alone, and gone when it is read. */
export function keep(state: string, kept: Kept): void {
  try {
    sessionStorage.setItem(key(state), JSON.stringify(kept));
  } catch (cause) {
    throw new GapuraError('return_missing', String(cause));
  }
}

/**
 * On the return page: finishes a sign-in that left this page by a redirect. Null when nothing came back here.
 * @throws GapuraError, as signIn() does; `return_unknown` when what came back belongs to no page that still waits.
 */
export async function resume(options: { language?: Language } = {}): Promise<Result | null> {
  const back = returned();
  if (!back) return null;
  try {
    const kept = find(back.state!);
    if (kept) {
      sessionStorage.removeItem(key(back.state!));
      clean();
      return await redeem(JSON.parse(kept) as Kept, back.state!, back);
    }
    if ((await comeBack()) || !back.state!.startsWith(mark)) return null;
    throw new GapuraError('return_unknown');
  } catch (trouble) {
    throw named(trouble, options.language);
  }
}

/** By itself, at loading: a popup that could not answer its opener brings the answer here, and closes. */
export function comeBack(): Promise<boolean> {
  return (handing ??= new Promise((resolve) => {
    const back = returned();
    if (!back || find(back.state!)) return resolve(false);
    setTimeout(() => resolve(false), patience);
    handBack(back, () => {
      resolve(true);
      clean();
      close();
      setTimeout(() => (document.body.textContent = say('Selesai. Anda boleh menutup jendela ini.', 'Done. You may close this window.')), 500);
    });
  }));
}

function returned(): Returned | undefined {
  const { state, code, iss, error } = Object.fromEntries(new URLSearchParams(location.search));
  return state && (code || error) ? { state, code, iss, error } : undefined;
}

/** Takes code and state out of the address, so that a reload or a bookmark does not bring them again. */
function clean(): void {
  const url = new URL(location.href);
  for (const name of ['code', 'state', 'iss', 'error', 'error_description']) url.searchParams.delete(name);
  history.replaceState(history.state, '', url.href);
}

function find(state: string): string | null {
  try {
    return sessionStorage.getItem(key(state));
  } catch {
    return null; // storage is blocked: then nothing was kept either
  }
}
