import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Hearing } from '../../src/qr/listen';
import { Round, type Surroundings } from '../../src/qr/round';
import type { State } from '../../src/qr/state';
import type { View } from '../../src/qr/view';
import type { No } from '../../src/qr/wire';

const soon = () => Math.floor(Date.now() / 1_000) + 30;
const scanned = (more: object = { confirmation: 'match', digits: '47' }): State =>
  ({ state: 'scanned', sessionId: 'nu.id:1:a', expires: soon(), by: 'C••• J•••', ...more }) as State;
const refused = (error: string, triesLeft?: number): No => ({ kind: 'refused', error, ...(triesLeft === undefined ? {} : { triesLeft }) });
const trouble: No = { kind: 'trouble', retryIn: 2_000 };

/** A screen whose view only remembers what it was told. */
class Screen {
  readonly shown: string[] = [];
  readonly asked: string[] = [];
  seen = true;
  trouble = false;
  listening = 0;
  hearing!: Hearing;
  open: () => unknown = () => ({ kind: 'opened', sessionId: 'nu.id:1:a', png: 'iVBO', ahead: 0 });
  confirm: () => unknown = () => ({ kind: 'confirmed' });
  collect: () => unknown = () => ({ kind: 'tokens', accessToken: 'eyJ' });
  readonly round: Round;

  constructor() {
    const view = new Proxy({} as View, {
      get: (_, what) => (...told: unknown[]) => {
        if (what === 'trouble') this.trouble = told[0] === true;
        const words = told.filter((each) => typeof each !== 'object' || each === null).join(' ');
        if (!(what === 'trouble' && told[0] === false)) this.shown.push(`${String(what)} ${words}`.trim());
      },
    });
    const ask = (name: 'open' | 'confirm' | 'collect') => async (...given: unknown[]) => {
      this.asked.push(`${name} ${given.join(' ')}`);
      return this[name]() as never;
    };
    this.round = new Round({ verifier: 'verifier', nonce: 'nonce' }, {
      wire: { open: ask('open'), confirm: ask('confirm'), collect: ask('collect'), abandon: (sessionId, verifier) => void this.asked.push(`abandon ${sessionId} ${verifier}`) },
      view,
      renewEvery: 20_000,
      isSeen: () => this.seen,
      listen: (_, hearing) => {
        this.hearing = hearing;
        this.listening++;
        return () => void this.listening--;
      },
    } satisfies Surroundings);
  }

  async begin(): Promise<this> {
    this.round.begin();
    await pass(0);
    return this;
  }

  async hears(state: State): Promise<this> {
    this.hearing.state(state);
    await pass(0);
    return this;
  }

  last(count = 1): string[] {
    return this.shown.slice(-count);
  }
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const opens = (screen: Screen) => screen.asked.filter((each) => each === 'open nonce').length;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('while nobody has scanned', () => {
  it('shows a new code of the same nonce every 20 seconds', async () => {
    const screen = await new Screen().begin();
    await pass(60_000);
    expect(screen.asked).toEqual(Array(4).fill('open nonce'));
    expect(screen.shown).toEqual(['waiting', ...Array(4).fill('code iVBO nu.id:1:a')]);
  });

  it('shows none while the page is unseen, and one at once when it is seen again', async () => {
    const screen = await new Screen().begin();
    screen.seen = false;
    screen.round.unseen();
    await pass(600_000);
    expect(opens(screen)).toBe(1);
    expect(screen.last()).toEqual(['cover']);
    expect(screen.listening).toBe(0);
    screen.seen = true;
    screen.round.seen();
    await pass(0);
    expect(opens(screen)).toBe(2);
    expect(screen.listening).toBe(1);
  });

  it('asks nothing at all in a tab that was opened behind another', async () => {
    const screen = new Screen();
    screen.seen = false;
    await screen.begin();
    await pass(60_000);
    expect(screen.asked).toEqual([]);
    expect(screen.listening).toBe(0);
  });

  it('goes on by itself when the network comes back, and covers a code too old to be scanned', async () => {
    const screen = await new Screen().begin();
    screen.open = () => trouble;
    await pass(29_000);
    expect(screen.last(3)).toContain('cover');
    screen.open = () => ({ kind: 'opened', sessionId: 'nu.id:1:b', png: 'iVBP', ahead: 0 });
    await pass(2_000);
    expect(screen.last()).toEqual(['code iVBP nu.id:1:b']);
  });

  it('says that there is no new code although the old one is still being heard of', async () => {
    const screen = new Screen();
    screen.open = () => trouble;
    await screen.begin();
    await screen.hears({ state: 'waiting' });
    expect(screen.trouble).toBe(true);
    screen.open = () => ({ kind: 'opened', sessionId: 'nu.id:1:b', png: 'iVBP', ahead: 0 });
    await pass(2_000);
    expect(screen.trouble).toBe(false);
  });

  it('leaves the place to the password when the server refuses', async () => {
    const screen = new Screen();
    screen.open = () => refused('invalid_client');
    await screen.begin();
    expect(screen.last()).toEqual(['gone']);
    expect(screen.listening).toBe(0);
    await pass(60_000);
    expect(opens(screen)).toBe(1);
  });

  it('waits for the word of what was decided while it asked for a code', async () => {
    const screen = await new Screen().begin();
    screen.open = () => refused('nonce_spent');
    await pass(20_000);
    expect(screen.last()).not.toEqual(['gone']);
    await screen.hears({ state: 'approved', sessionId: 'nu.id:1:a' });
    expect(screen.last()).toEqual(['finish eyJ']);
  });
});

describe('when somebody has scanned', () => {
  it('shows no new code', async () => {
    const screen = await (await new Screen().begin()).hears(scanned());
    await pass(25_000);
    expect(opens(screen)).toBe(1);
    expect(screen.last()).toEqual(['scanned C••• J•••']);
  });

  it('is over when nobody has decided until it expires', async () => {
    const screen = await (await new Screen().begin()).hears(scanned());
    await pass(32_000);
    expect(screen.last()).toEqual(['expired']);
    expect(screen.listening).toBe(0);
  });

  it('counts the time by the server’s clock', async () => {
    const screen = new Screen();
    screen.open = () => ({ kind: 'opened', sessionId: 'nu.id:1:a', png: 'iVBO', ahead: 3_600_000 });
    await screen.begin();
    await screen.hears({ ...scanned(), expires: soon() - 3_600 } as State);
    await pass(25_000);
    expect(screen.last()).not.toEqual(['expired']);
    await pass(7_000);
    expect(screen.last()).toEqual(['expired']);
  });

  it('is not undone by a node that has not heard of it', async () => {
    const screen = await (await new Screen().begin()).hears(scanned());
    await screen.hears({ state: 'waiting' });
    expect(screen.last()).toEqual(['scanned C••• J•••']);
  });

  it('asks for the approval where nothing is to be compared', async () => {
    const screen = await (await new Screen().begin()).hears(scanned({ confirmation: 'none' }));
    expect(screen.last()).toEqual(['confirmed C••• J•••']);
  });

  it.each([['declined'], ['wrong_choice'], ['wrong_code']])('says that it was %s', async (reason) => {
    const screen = await (await new Screen().begin()).hears(scanned());
    await screen.hears({ state: 'denied', reason });
    expect(screen.last()).toEqual([`denied ${reason}`]);
    await pass(60_000);
    expect(screen.last()).toEqual([`denied ${reason}`]);
  });
});

describe('the code from the phone', () => {
  const typing = async () => (await new Screen().begin()).hears(scanned({ confirmation: 'type', triesLeft: 3 }));

  it('is sent with the verifier', async () => {
    const screen = await typing();
    await screen.round.confirm('0123');
    expect(screen.asked.at(-1)).toBe('confirm nu.id:1:a verifier 0123');
    await screen.hears({ state: 'confirmed', sessionId: 'nu.id:1:a', expires: soon(), by: 'C••• J•••' });
    expect(screen.last()).toEqual(['confirmed C••• J•••']);
  });

  it.each([
    [refused('wrong_code', 2), 'typeAgain 2'],
    [trouble, 'typeAgain'],
    [refused('sign_in_denied'), 'denied wrong_code'],
    [refused('invalid_session'), 'expired'],
  ])('after %o: %s', async (answer, shown) => {
    const screen = await typing();
    screen.confirm = () => answer;
    await screen.round.confirm('0123');
    expect(screen.last()).toEqual([shown]);
  });
});

describe('when the person begins again', () => {
  it('sends away whoever has scanned', async () => {
    const screen = await (await new Screen().begin()).hears(scanned());
    screen.round.abandon();
    expect(screen.asked.at(-1)).toBe('abandon nu.id:1:a verifier');
    expect(screen.listening).toBe(0);
  });

  it('has nobody to send away where nobody has scanned', async () => {
    const screen = await new Screen().begin();
    screen.round.abandon();
    expect(screen.asked).toEqual(['open nonce']);
  });
});

describe('when the phone has approved', () => {
  const approved: State = { state: 'approved', sessionId: 'nu.id:1:a' };

  it('collects and finishes without any waiting', async () => {
    const screen = await (await new Screen().begin()).hears(scanned());
    const before = Date.now();
    await screen.hears(approved);
    expect(screen.asked.at(-1)).toBe('collect nu.id:1:a verifier');
    expect(screen.last(2)).toEqual(['approved', 'finish eyJ']);
    expect(Date.now() - before).toBe(0);
    expect(screen.listening).toBe(0);
  });

  it('collects once, however often it is told', async () => {
    const screen = await new Screen().begin();
    screen.hearing.state(approved);
    screen.hearing.state(approved);
    await pass(1_000);
    expect(screen.asked.filter((each) => each.startsWith('collect'))).toHaveLength(1);
  });

  it.each([[trouble], [refused('not_approved')]])('asks again after %o', async (answer) => {
    const screen = await new Screen().begin();
    const answers = [answer, answer];
    screen.collect = () => answers.shift() ?? { kind: 'tokens', accessToken: 'eyJ' };
    await screen.hears(approved);
    await pass(1_000);
    expect(screen.last()).toEqual(['finish eyJ']);
  });

  it('gives up after a minute', async () => {
    const screen = await new Screen().begin();
    screen.collect = () => trouble;
    await screen.hears(approved);
    await pass(62_000);
    expect(screen.last()).toEqual(['expired']);
  });

  it.each([['nonce_spent', 'expired'], ['sign_in_denied', 'denied declined'], ['invalid_session', 'expired']])('%s: %s', async (error, shown) => {
    const screen = await new Screen().begin();
    screen.collect = () => refused(error);
    await screen.hears(approved);
    expect(screen.last()).toEqual([shown]);
  });
});

it('is silent once it was ended', async () => {
  const screen = await new Screen().begin();
  const count = screen.shown.length;
  screen.round.end();
  await screen.hears(scanned());
  await screen.hears({ state: 'approved', sessionId: 'nu.id:1:a' });
  await pass(120_000);
  expect(screen.shown).toHaveLength(count);
  expect(screen.listening).toBe(0);
});
