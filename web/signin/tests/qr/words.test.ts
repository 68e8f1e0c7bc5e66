import { expect, it } from 'vitest';
import { lastDoor, rememberDoor, type Memory } from '../../src/qr/doors';
import { said, spokenDigits } from '../../src/qr/said';
import { onlyDigits } from '../../src/qr/type-box';

it('speaks digits one by one, and a masked name as its initials', () => {
  expect(spokenDigits('47')).toBe('4 7');
  expect(said('Dipindai oleh {by}. Pilih angka {digits} di ponsel Anda.', { by: 'C••• J•••', digits: '07' }))
    .toBe('Dipindai oleh C J. Pilih angka 0 7 di ponsel Anda.');
  expect(said('Sisa {tries} percobaan, {other}.', { tries: 2 })).toBe('Sisa 2 percobaan, {other}.');
});

it('keeps the four digits of whatever was typed or pasted', () => {
  expect(onlyDigits(' 01-2 3')).toBe('0123');
  expect(onlyDigits('012345')).toBe('0123');
  expect(onlyDigits('a1b')).toBe('1');
});

it('remembers the door that was taken, and bears a browser that forbids it', () => {
  const kept = new Map<string, string>();
  const memory: Memory = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
  const forbids = (): Memory => {
    throw new Error('SecurityError');
  };
  expect(lastDoor(() => memory)).toBe('password');
  rememberDoor('phone', () => memory);
  expect(lastDoor(() => memory)).toBe('phone');
  rememberDoor('password', () => memory);
  expect(lastDoor(() => memory)).toBe('password');
  expect(lastDoor(forbids)).toBe('password');
  expect(() => rememberDoor('phone', forbids)).not.toThrow();
});
