import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AskAgain } from '../../../src/engine/swarm/ask-again.ts';

let askedAtS: number[];
let again: AskAgain;
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  askedAtS = [];
  again = new AskAgain(() => {
    askedAtS.push(Date.now() / 1_000);
    again.somebodyIsThere(); // the trackers say so
  });
});
afterEach(() => vi.useRealTimers());

test('asks after 10, 20 and 40 seconds in vain, and then no more', () => {
  again.somebodyIsThere();
  vi.advanceTimersByTime(600_000);
  expect(askedAtS).toEqual([10, 30, 70]);
});

test('is not put off by hearing more often of somebody', () => {
  for (let second = 0; second < 30; second++) {
    again.somebodyIsThere();
    vi.advanceTimersByTime(1_000);
  }
  expect(askedAtS).toEqual([10, 30]);
});

test('does not ask while somebody is connected, and begins anew when all have left', () => {
  again.somebodyIsThere();
  vi.advanceTimersByTime(15_000);
  again.somebodyCame();
  vi.advanceTimersByTime(600_000);
  expect(askedAtS).toEqual([10]);
  again.somebodyIsThere();
  vi.advanceTimersByTime(10_000);
  expect(askedAtS).toEqual([10, 625]);
});

test('asks no more when it is stopped', () => {
  again.somebodyIsThere();
  again.stop();
  vi.advanceTimersByTime(600_000);
  expect(askedAtS).toEqual([]);
});
