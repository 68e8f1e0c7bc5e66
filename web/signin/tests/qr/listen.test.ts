import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listen } from '../../src/qr/listen';

class Stream {
  static last: Stream;
  readyState = 0;
  private readonly hears = new Map<string, (event: unknown) => void>();

  constructor(readonly address: string) {
    Stream.last = this;
  }

  addEventListener(name: string, hear: (event: unknown) => void): void {
    this.hears.set(name, hear);
  }

  close(): void {
    this.readyState = 2;
  }

  says(state: object): void {
    this.hears.get('state')?.({ data: JSON.stringify(state) });
  }

  fails(forGood = false): void {
    if (forGood) this.readyState = 2;
    this.hears.get('error')?.({});
  }
}

const start = (answer: () => Response | Promise<Response> = () => new Response('{"state":"waiting"}')) => {
  const heard: unknown[] = [];
  const asked: unknown[] = [];
  const end = listen('/events', {
    state: (state) => heard.push(state.state),
    refused: (error) => heard.push(`refused ${error}`),
    trouble: () => heard.push('trouble'),
  }, {
    EventSource: Stream as never,
    fetch: (async (...call: unknown[]) => (asked.push(call), answer())) as typeof fetch,
  });
  return { heard, asked, end };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('hears each change from the stream and asks nothing else', async () => {
  const { heard, asked } = start();
  Stream.last.says({ state: 'waiting' });
  Stream.last.says({ state: 'nonsense' });
  Stream.last.says({ state: 'approved', sessionId: 'a' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(['waiting', 'approved']);
  expect(asked).toEqual([]);
});

it('asks every two seconds when the stream is silent for four', async () => {
  const { heard, asked } = start();
  await vi.advanceTimersByTimeAsync(3_999);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(Stream.last.readyState).toBe(2);
  expect(asked).toEqual([['/events', { headers: { Accept: 'application/json' }, cache: 'no-store' }]]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(heard).toEqual(['waiting', 'waiting', 'waiting']);
});

it('leaves a stream alone that comes back by itself', async () => {
  const { heard, asked } = start();
  Stream.last.says({ state: 'waiting' });
  Stream.last.fails();
  Stream.last.fails();
  Stream.last.says({ state: 'waiting' });
  Stream.last.fails();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([]);
  expect(heard).toEqual(['waiting', 'trouble', 'waiting']);
});

it.each([[3, false], [1, true]])('asks instead after %i failures, the last for good: %s', async (failures, forGood) => {
  const { asked } = start();
  Stream.last.says({ state: 'waiting' });
  for (let i = 0; i < failures; i++) Stream.last.fails(forGood);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(1);
});

it('says why the server does not tell, and stops asking', async () => {
  const { heard, asked } = start(() => new Response('{"error":"invalid_client"}', { status: 400 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(['refused invalid_client']);
  expect(asked).toHaveLength(1);
});

it('goes on by itself through a dead network and a busy server', async () => {
  const answers = [() => Promise.reject(new TypeError()), () => new Response('', { status: 429, headers: { 'Retry-After': '5' } }), () => new Response('{"state":"collected"}')];
  const { heard } = start(() => answers.shift()?.() ?? new Response('{"state":"collected"}'));
  await vi.advanceTimersByTimeAsync(4_000 + 2_000);
  expect(heard).toEqual(['trouble', 'trouble']);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(heard).toEqual(['trouble', 'trouble', 'collected']);
});

it('is silent once it was ended', async () => {
  const { heard, asked, end } = start();
  end();
  Stream.last.says({ state: 'waiting' });
  Stream.last.fails(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([]);
  expect(asked).toEqual([]);
});
