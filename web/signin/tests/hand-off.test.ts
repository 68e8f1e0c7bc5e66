import { describe, expect, it } from 'vitest';
import { handOff, type MessagePage, type PopupWindow } from '../src/hand-off';

const message = {
  access_token: 'eyJ.a.b',
  expires_in: 900,
  username: 'cobajualan',
  npwp: '018263453454543',
  iss: 'https://gapura.example',
  state: '</script>"é',
};
const target = 'https://tautauberes.id';

class Page implements MessagePage {
  readonly elements = new Map<string, { textContent: string | null; hidden: boolean; remove(): void }>();

  constructor(text: string) {
    this.add('message', text, false);
    this.add('working', '', false);
    this.add('done', '', true);
    this.add('gone', '', true);
  }

  get visible(): string[] {
    return ['working', 'done', 'gone'].filter((id) => this.elements.get(id)?.hidden === false);
  }

  getElementById(id: string) {
    return this.elements.get(id) ?? null;
  }

  private add(id: string, textContent: string, hidden: boolean): void {
    this.elements.set(id, { textContent, hidden, remove: () => void this.elements.delete(id) });
  }
}

class Popup implements PopupWindow {
  readonly posted: { message: unknown; target: unknown; arguments: number }[] = [];
  readonly later: (() => void)[] = [];
  closeCalls = 0;
  opener: PopupWindow['opener'] = {
    closed: false,
    postMessage: (...sent: [unknown, string]) => {
      this.posted.push({ message: sent[0], target: sent[1], arguments: sent.length });
    },
  };

  close(): void {
    this.closeCalls++;
  }

  setTimeout(action: () => void): void {
    this.later.push(action);
  }
}

const run = (change: (popup: Popup) => void = () => {}, text = JSON.stringify({ target, message })) => {
  const [page, popup] = [new Page(text), new Popup()];
  change(popup);
  handOff(page, popup);
  return { page, popup };
};

describe('handing the message over', () => {
  it('sends the message unchanged, once, to exactly the target, and closes the window', () => {
    const { popup } = run();
    expect(popup.posted).toEqual([{ message, target, arguments: 2 }]);
    expect(popup.closeCalls).toBe(1);
  });

  it('keeps types: a number stays a number and leading zeros of npwp stay', () => {
    const sent = run().popup.posted[0]?.message as typeof message;
    expect(sent.expires_in).toBe(900);
    expect(sent.npwp).toBe('018263453454543');
  });

  it('says that all is done when the window stays open', () => {
    const { page, popup } = run();
    expect(page.visible).toEqual(['working']);
    popup.later.forEach((action) => action());
    expect(page.visible).toEqual(['done']);
  });

  it('leaves no token in the page, whatever happened', () => {
    expect(run().page.getElementById('message')).toBeNull();
    expect(run((popup) => (popup.opener = null)).page.getElementById('message')).toBeNull();
  });

  it('says what to do when nothing opened the window', () => {
    const { page, popup } = run((popup) => (popup.opener = null));
    expect(page.visible).toEqual(['gone']);
    expect(popup.closeCalls).toBe(0);
  });

  it('says what to do when the opener has been closed', () => {
    const { page, popup } = run((popup) => (popup.opener = { ...popup.opener!, closed: true }));
    expect(page.visible).toEqual(['gone']);
    expect(popup.posted).toEqual([]);
  });

  it('says what to do when the browser refuses to send', () => {
    const refuse = () => {
      throw new Error('refused');
    };
    expect(run((popup) => (popup.opener = { closed: false, postMessage: refuse })).page.visible).toEqual(['gone']);
  });

  it.each(['*', '/', 'null', '', 'https://tautauberes.id/', 'https://tautauberes.id/login', 'https://TAUTAUBERES.id',
    'https://user@tautauberes.id', 'https://tautauberes.id:443', 'data:text/html,x'])(
    'sends nothing to the target %j', (wrong) => {
      const { page, popup } = run(undefined, JSON.stringify({ target: wrong, message }));
      expect(popup.posted).toEqual([]);
      expect(page.visible).toEqual(['gone']);
    });

  it.each(['', '{', 'null', '{}'])('sends nothing when the data block holds %j', (text) => {
    const { page, popup } = run(undefined, text);
    expect(popup.posted).toEqual([]);
    expect(page.visible).toEqual(['gone']);
  });
});
