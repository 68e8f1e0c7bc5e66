import { expect, it } from 'vitest';
import { readState } from '../../src/qr/state';

const id = { sessionId: 'nu.id:1:a', expires: 1678550057, by: 'C••• J•••' };

it.each([
  { state: 'waiting' },
  { state: 'scanned', ...id, confirmation: 'match', digits: '07' },
  { state: 'scanned', ...id, confirmation: 'type', triesLeft: 3 },
  { state: 'scanned', ...id, confirmation: 'none' },
  { state: 'confirmed', ...id },
  { state: 'approved', sessionId: 'nu.id:1:a' },
  { state: 'denied', reason: 'declined' },
  { state: 'collected' },
])('reads $state', (state) => {
  expect(readState(JSON.stringify(state))).toEqual(state);
});

it.each(['', '{', 'null', '[]', '1', '{}', '{"state":"constructor"}', '{"state":"later"}', '{"state":"approved"}', '{"state":"denied"}',
  '{"state":"confirmed","sessionId":"a","by":"x"}', '{"state":"scanned","sessionId":"a","expires":"1","by":"x","confirmation":"type"}',
  '{"state":"scanned","sessionId":"a","expires":1,"by":"x","confirmation":"match"}',
  '{"state":"scanned","sessionId":"a","expires":1,"by":"x","confirmation":"wink"}'])('does not take %s for a state', (text) => {
  expect(readState(text)).toBeNull();
});
