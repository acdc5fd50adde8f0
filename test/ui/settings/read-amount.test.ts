import { expect, test } from 'vitest';
import { readAmount } from '../../../src/ui/settings/read-amount.ts';

const BOUNDS = { least: 0.001, most: 1_000 };

test.each([
  ['12', 12],
  [' 12 ', 12],
  ['1.5', 1.5],
  ['1,5', 1.5],
  ['.5', 0.5],
  ['١٢٫٥', 12.5],
  ['１２', 12],
])('reads %j', (text, value) => {
  expect(readAmount(text, BOUNDS)).toEqual({ ok: true, value });
});

test.each([
  ['', 'no-number'],
  ['ten', 'no-number'],
  ['-3', 'no-number'],
  ['1e9', 'no-number'],
  ['1.2.3', 'no-number'],
  ['0x10', 'no-number'],
  ['0', 'too-small'],
  ['1001', 'too-large'],
  ['9'.repeat(400), 'no-number'],
])('refuses %j', (text, why) => {
  expect(readAmount(text, BOUNDS)).toMatchObject({ ok: false, why });
});

test('wants whole numbers where they are meant', () => {
  expect(readAmount('1.5', { least: 1, most: 9, isWhole: true })).toEqual({ ok: false, why: 'not-whole' });
  expect(readAmount('2', { least: 1, most: 9, isWhole: true })).toEqual({ ok: true, value: 2 });
});
