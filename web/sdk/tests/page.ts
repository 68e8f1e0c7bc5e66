import { vi } from 'vitest';

/** What of a browser the script touches, as far as a test wants it. Given back by vi.unstubAllGlobals(). */
export interface Page {
  opened: FakePopup[];
  heard: ((event: unknown) => void)[];
  kept: Map<string, string>;
  went: string[];
  asked: { address: string; fields: Record<string, string> }[];
}

export class FakePopup {
  closed = false;
  readonly posted: unknown[][] = [];
  readonly went: string[] = [];
  readonly location = { href: 'about:blank', replace: (address: string): void => void this.went.push(address) };
  readonly document = { title: '', body: { textContent: '' } };
  focus(): void {}
  close(): void {
    this.closed = true;
  }
  postMessage(...sent: unknown[]): void {
    this.posted.push(sent);
  }
}

export interface Stage {
  href?: string;
  agent?: string;
  blocked?: boolean;
  policy?: string | null;
  answers?: (address: string, fields: Record<string, string>) => { status?: number; body: unknown };
}

export function stage({ href = 'https://truk.example/masuk', agent = 'Chrome Safari/537', blocked = false, policy = null, answers = () => ({ body: {} }) }: Stage = {}): Page {
  const page: Page = { opened: [], heard: [], kept: new Map(), went: [], asked: [] };
  const url = new URL(href);
  vi.stubGlobal('location', { href, origin: url.origin, search: url.search, assign: (address: string) => void page.went.push(address) });
  vi.stubGlobal('navigator', { userAgent: agent });
  vi.stubGlobal('history', { state: null, replaceState: (_: unknown, __: string, address: string) => void page.went.push(address) });
  vi.stubGlobal('sessionStorage', {
    get length() { return page.kept.size; },
    getItem: (key: string) => page.kept.get(key) ?? null,
    setItem: (key: string, value: string) => void page.kept.set(key, value),
    removeItem: (key: string) => void page.kept.delete(key),
  });
  for (const each of ['screenX', 'screenY', 'outerWidth', 'outerHeight']) vi.stubGlobal(each, 100);
  vi.stubGlobal('addEventListener', (type: string, hear: (event: unknown) => void) => void (type === 'message' && page.heard.push(hear)));
  vi.stubGlobal('removeEventListener', (_: string, hear: (event: unknown) => void) => void page.heard.splice(page.heard.indexOf(hear), 1));
  vi.stubGlobal('window', { open: () => (blocked ? null : page.opened[page.opened.push(new FakePopup()) - 1]) });
  vi.stubGlobal('fetch', async (address: string, init: { method?: string; body?: URLSearchParams } = {}) => {
    if (init.method === 'HEAD') return { ok: true, headers: new Headers(policy === null ? {} : { 'cross-origin-opener-policy': policy }) };
    const fields = Object.fromEntries(init.body ?? []);
    page.asked.push({ address, fields });
    const { status = 200, body } = answers(address, fields);
    return { ok: status < 400, status, json: async () => body };
  });
  return page;
}

export const later = (milliseconds = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
