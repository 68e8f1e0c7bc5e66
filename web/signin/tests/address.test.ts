import { expect, it, vi } from 'vitest';
import { replaceAddress } from '../src/address';

const location = { href: 'https://gapura.example/seamlesslogin/?token=3800e1', origin: 'https://gapura.example' };

const replace = (address: string | undefined) => {
  const replaceState = vi.fn();
  replaceAddress({ dataset: address === undefined ? {} : { address } }, location, { state: 'kept', replaceState });
  return replaceState.mock.calls;
};

it('puts the address of the page in the place of the ticket', () => {
  expect(replace('/seamlesslogin/?popup=7&ui_locales=id')).toEqual([['kept', '', '/seamlesslogin/?popup=7&ui_locales=id']]);
});

it('leaves the address alone when the page names none', () => {
  expect(replace(undefined)).toEqual([]);
});

it('never leaves its own origin', () => {
  expect(replace('https://evil.example/')).toEqual([]);
  expect(replace('//evil.example/')).toEqual([]);
});
