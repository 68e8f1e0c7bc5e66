import { describe, expect, it } from 'vitest';
import { handOff, type MessagePage, type PopupWindow, type WayOn } from '../src/hand-off';

type Hear = Parameters<WayOn['addEventListener']>[1];

const message = { access_token: 'eyJ.a.b', expires_in: 900, username: 'cobajualan', npwp: '', iss: 'https://gapura.example', state: 'keranjang 7' };
const target = 'https://tautauberes.id';
const back = 'https://tautauberes.id/kembali?dari=gapura&code=gpc_x&state=keranjang%207&iss=https%3A%2F%2Fgapura.example';
const receipt = { gapura: 'received', state: 'keranjang 7' };

class Page implements MessagePage {
  readonly elements = new Map<string, { textContent: string | null; hidden: boolean; remove(): void }>();

  constructor(text: string) {
    for (const id of ['message', 'working', 'done', 'gone']) {
      this.elements.set(id, { textContent: id === 'message' ? text : '', hidden: id === 'done' || id === 'gone', remove: () => void this.elements.delete(id) });
    }
  }

  get visible(): string[] {
    return ['working', 'done', 'gone'].filter((id) => this.elements.get(id)?.hidden === false);
  }

  getElementById(id: string) {
    return this.elements.get(id) ?? null;
  }
}

/** A popup whose page asked for more: it can wait for a receipt and go somewhere else. */
class Popup implements PopupWindow, WayOn {
  readonly posted: unknown[] = [];
  readonly went: string[] = [];
  readonly later: { action: () => void; after: number }[] = [];
  readonly listeners = new Set<Hear>();
  closeCalls = 0;
  /** Whether somebody was listening when the message left. */
  listened = false;
  readonly location = { replace: (address: string) => void this.went.push(address) };
  opener: PopupWindow['opener'] = {
    closed: false,
    postMessage: (sent: unknown) => {
      this.listened = this.listeners.size === 1;
      this.posted.push(sent);
    },
  };

  close(): void {
    this.closeCalls++;
  }

  setTimeout(action: () => void, after: number): void {
    this.later.push({ action, after });
  }

  addEventListener(_: 'message', listener: Hear): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: 'message', listener: Hear): void {
    this.listeners.delete(listener);
  }

  hear(origin: string, data: unknown): void {
    for (const listener of [...this.listeners]) listener({ origin, data });
  }

  pass(milliseconds: number): void {
    for (const { action } of this.later.filter(({ after }) => after <= milliseconds)) action();
  }
}

const run = (envelope: object, change: (popup: Popup) => void = () => {}) => {
  const [page, popup] = [new Page(JSON.stringify({ target, message, ...envelope })), new Popup()];
  change(popup);
  handOff(page, popup, popup);
  return { page, popup };
};

const severed = (popup: Popup): void => void (popup.opener = null);

describe('a popup that cannot reach its opener', () => {
  it('goes on to the return page, and sends nothing', () => {
    const { page, popup } = run({ return: back }, severed);
    expect(popup.went).toEqual([back]);
    expect(popup.closeCalls).toBe(0);
    expect(page.getElementById('message')).toBeNull();
  });

  it.each([
    ['closed', { closed: true, postMessage: () => {} }],
    ['refusing', { closed: false, postMessage: () => { throw new Error('refused'); } }],
  ])('does so for a %s opener', (_, opener) => {
    expect(run({ return: back }, (popup) => (popup.opener = opener)).popup.went).toEqual([back]);
  });

  it('goes once, although it was ready to wait for a receipt', () => {
    const { popup } = run({ return: back, ack: true }, severed);
    popup.pass(3000);
    expect(popup.went).toEqual([back]);
    expect(popup.listeners.size).toBe(0);
  });

  it('without a return page says what to do', () => {
    expect(run({ ack: true }, severed).page.visible).toEqual(['gone']);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'kembali', '', 7, null])('goes nowhere when the return page is %j', (wrong) => {
    const { page, popup } = run({ return: wrong }, severed);
    expect(popup.went).toEqual([]);
    expect(page.visible).toEqual(['gone']);
  });
});

describe('a popup whose opener is there', () => {
  it('closes at once where no receipt is promised, and goes nowhere', () => {
    const { popup } = run({ return: back });
    expect(popup.closeCalls).toBe(1);
    popup.pass(3000);
    expect(popup.went).toEqual([]);
    expect(popup.listeners.size).toBe(0);
  });

  it('listens before it sends, waits for the receipt and closes', () => {
    const { page, popup } = run({ ack: true, return: back });
    expect(popup.listened).toBe(true);
    expect(popup.posted).toEqual([message]);
    expect([popup.closeCalls, page.visible]).toEqual([0, ['working']]);
    popup.hear(target, receipt);
    expect(popup.closeCalls).toBe(1);
    popup.pass(3000);
    expect(popup.went).toEqual([]);
    expect(page.visible).toEqual(['done']);
  });

  it('goes on to the return page when no receipt came within three seconds', () => {
    const { popup } = run({ ack: true, return: back });
    expect(popup.later.map(({ after }) => after)).toEqual([3000]);
    popup.pass(3000);
    expect(popup.went).toEqual([back]);
    popup.hear(target, receipt);
    expect(popup.closeCalls).toBe(0);
  });

  it('without a return page and without a receipt says that the opener is gone', () => {
    const { page, popup } = run({ ack: true });
    popup.pass(3000);
    expect(page.visible).toEqual(['gone']);
  });

  it.each(['https://evil.example', 'https://tautauberes.id.evil.example', 'http://tautauberes.id', 'https://tautauberes.id:444', 'null', ''])(
    'believes no receipt from %j', (origin) => {
      const { popup } = run({ ack: true, return: back });
      popup.hear(origin, receipt);
      expect(popup.closeCalls).toBe(0);
    });

  it.each([null, 'received', 7, [], {}, { gapura: 'received' }, { gapura: 'received', state: 'another' }, { gapura: 'other', state: 'keranjang 7' }])(
    'takes %j for no receipt of this message', (data) => {
      const { popup } = run({ ack: true, return: back });
      popup.hear(target, data);
      expect(popup.closeCalls).toBe(0);
      popup.hear(target, receipt);
      expect(popup.closeCalls).toBe(1);
    });

  it('knows a receipt without a state as that of a message without one', () => {
    const { popup } = run({ ack: true, message: { ...message, state: undefined } });
    popup.hear(target, { gapura: 'received' });
    expect(popup.closeCalls).toBe(1);
  });
});
