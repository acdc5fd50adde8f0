import { expect, test } from 'vitest';
import { latestForPromiseS, leastForPromise } from './least-for-promise.ts';
import { type RateTrace, steady } from './rate-trace.ts';

const RATE = 1_000;

test.each<[string, RateTrace, number]>([
  ['nothing when peers keep the rate', steady(RATE), 0],
  ['all but what comes in the grace when they bring half of it', steady(RATE / 2), 50_000 - 750],
  ['everything when there are none', [], 100_000],
  ['nothing of a pause that credit covers', pause(5 * RATE, 4), 0],
  ['what a longer pause lacks', pause(5 * RATE, 8), 3_000],
])('%s', (_, peers, expected) => {
  expect(leastForPromise(peers, RATE, 100_000)).toBeCloseTo(expected, 6);
});

test('all is here three seconds after it would be at the promised rate', () => {
  expect(latestForPromiseS(RATE, 100_000)).toBe(103);
});

/** Ten seconds of plenty, a pause, and then just enough. */
function pause(bytesPerS: number, lastsS: number): RateTrace {
  return [
    { fromS: 0, bytesPerS },
    { fromS: 10, bytesPerS: 0 },
    { fromS: 10 + lastsS, bytesPerS: RATE },
  ];
}
