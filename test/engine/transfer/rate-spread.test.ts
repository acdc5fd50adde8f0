import { expect, test } from 'vitest';
import { RateSpread } from '../../../src/engine/transfer/rate-spread.ts';

/** The spread after so many bytes in each second, which come in ten parts. */
function spreadOf(bytesOfSeconds: readonly number[]): number | null {
  const spread = new RateSpread();
  spread.start(0);
  bytesOfSeconds.forEach((bytes, second) => {
    for (let part = 1; part <= 10; part++) spread.add(bytes / 10, second * 1_000 + part * 100);
  });
  return spread.spreadBytesPerS;
}

test.each<[string, number[], number | null]>([
  ['nothing is known before the second second', [100], null],
  ['an even rate has none', [100, 100, 100, 100], 0],
  ['two different seconds are as far apart as they are', [100, 300], 200],
])('%s', (_name, seconds, expected) => {
  expect(spreadOf(seconds)).toBe(expected);
});

test('a rate that jumps has a spread of the size of its jumps', () => {
  const jumping = Array.from({ length: 60 }, (_, second) => (second % 2 === 0 ? 1_000 : 3_000));
  expect(spreadOf(jumping)).toBeGreaterThan(800);
  expect(spreadOf(jumping)).toBeLessThan(1_200);
});

test('a spread of long ago is forgotten', () => {
  expect(spreadOf([100, 10_000, ...Array(60).fill(500)])).toBeLessThan(10);
});

test('a pause between runs does not count, silence within one does', () => {
  const pausing = new RateSpread();
  const silent = new RateSpread();
  for (const spread of [pausing, silent]) {
    spread.start(0);
    for (let second = 1; second <= 3; second++) spread.add(1_000, second * 1_000);
  }
  pausing.start(60_000);
  pausing.add(1_000, 61_000);
  silent.add(1_000, 61_000);
  expect(pausing.spreadBytesPerS).toBe(0);
  expect(silent.spreadBytesPerS).toBeGreaterThan(200);
});
