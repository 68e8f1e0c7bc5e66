import { expect, test } from 'vitest';
import { goOnward } from '../src/onward';

const there = 'https://app.example.com/bye?state=a';

function open(readyState: DocumentReadyState, href: string | null = there) {
  const went: string[] = [];
  const loads: (() => void)[] = [];
  const timers: { action: () => void; after: number }[] = [];
  const link = href === null ? null : ({ getAttribute: () => href } as unknown as HTMLElement);
  goOnward(
    { readyState, getElementById: (id) => (id === 'onward' ? link : null) },
    {
      location: { replace: (address) => went.push(address) },
      addEventListener: (_, action) => loads.push(action),
      setTimeout: (action, after) => timers.push({ action, after }),
    },
  );
  return { went, loads, timers };
}

test('waits until everything has loaded, and goes once', () => {
  const { went, loads, timers } = open('interactive');
  expect(went).toEqual([]);
  loads.forEach((load) => load());
  timers.forEach(({ action }) => action());
  expect(went).toEqual([there]);
});

test('goes at once when everything has loaded already', () => {
  expect(open('complete').went).toEqual([there]);
});

test('goes on without a platform that does not answer', () => {
  const { went, timers } = open('interactive');
  expect(timers.map(({ after }) => after)).toEqual([5000]);
  timers[0]?.action();
  expect(went).toEqual([there]);
});

test('stays where there is nowhere to go', () => {
  const { went, loads, timers } = open('complete', null);
  expect([went, loads, timers]).toEqual([[], [], []]);
});
