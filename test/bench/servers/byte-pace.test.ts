import { expect, test } from 'vitest';
import { newBytePace } from './byte-pace.ts';

test('what is booked at once goes one after the other', () => {
  const book = newBytePace(1_000_000);
  book(20_000, 0); // used up what an idle line has saved
  expect([book(10_000, 0), book(10_000, 0), book(5_000, 10)]).toEqual([10, 20, 15]);
});

test('a timer that comes late is made up for, a longer rest is not', () => {
  const book = newBytePace(1_000_000);
  book(20_000, 0);
  expect(book(10_000, 15)).toBe(0); // due at 10, asked for at 15
  expect(book(10_000, 1_000)).toBe(0);
  expect(book(10_000, 1_000)).toBe(0);
  expect(book(10_000, 1_000)).toBe(10);
});

test.each([2_000_000, 10_000_000])('%i bytes a second are that, with timers that are late by a few ms', (rate) => {
  const book = newBytePace(rate);
  const partBytes = rate / 100;
  let nowMs = 0;
  let sentBytes = 0;
  for (let turn = 0; nowMs < 10_000; turn += 1) {
    nowMs += Math.ceil(book(partBytes, nowMs)) + (turn % 5);
    sentBytes += partBytes;
  }
  expect(sentBytes / rate / (nowMs / 1_000)).toBeCloseTo(1, 2);
});
