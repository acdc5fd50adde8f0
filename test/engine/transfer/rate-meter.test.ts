import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateMeter } from '../../../src/engine/transfer/rate-meter.ts';

/** Feeds `bytes` every `everyMs` for `forMs`, from 0; returns the meter. */
function fed(bytes: number, everyMs: number, forMs: number): RateMeter {
  const meter = new RateMeter();
  meter.start(0);
  for (let at = everyMs; at <= forMs; at += everyMs) meter.add(bytes, at);
  return meter;
}

test('nothing came: no rate, however long it waits', () => {
  const meter = new RateMeter();
  expect(meter.rate(0)).toBe(0);
  meter.start(0);
  expect(meter.rate(5_000)).toBe(0);
});

test.each([
  ['young', 300],
  ['as old as its memory', 2_000],
  ['old', 60_000],
])('a steady stream is told rightly when the meter is %s', (_name, ageMs) => {
  const rate = fed(10_000, 10, ageMs).rate(ageMs);
  expect(rate).toBeGreaterThan(950_000);
  expect(rate).toBeLessThan(1_050_000);
});

test('when a stream stops its rate falls to a third in two seconds and to nothing in twenty', () => {
  const meter = fed(10_000, 10, 10_000);
  expect(meter.rate(12_000)).toBeGreaterThan(330_000);
  expect(meter.rate(12_000)).toBeLessThan(400_000);
  expect(meter.rate(30_000)).toBeLessThan(100);
});

test('a stream that gets faster is told within a few seconds', () => {
  const meter = fed(1_000, 10, 10_000);
  for (let at = 10_010; at <= 16_000; at += 10) meter.add(10_000, at);
  expect(meter.rate(16_000)).toBeGreaterThan(900_000);
});

test('the wait for the first byte counts', () => {
  const waited = new RateMeter();
  waited.start(0);
  waited.add(100_000, 1_000);
  const prompt = new RateMeter();
  prompt.add(100_000, 1_000);
  expect(waited.rate(1_000)).toBeLessThan(prompt.rate(1_000) / 5);
});

test('asking does not change the answer', () => {
  const asked = fed(10_000, 100, 5_000);
  for (let at = 5_000; at < 7_000; at += 7) asked.rate(at);
  expect(asked.rate(7_000)).toBeCloseTo(fed(10_000, 100, 5_000).rate(7_000), 3);
});

test('is never negative or without end, and the total is what was added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(3_000))), (steps) => {
      const meter = new RateMeter();
      let now = 0;
      let total = 0;
      for (const [bytes, waitMs] of steps) {
        now += waitMs;
        total += bytes;
        meter.add(bytes, now);
        const rate = meter.rate(now);
        expect(Number.isFinite(rate)).toBe(true);
        expect(rate).toBeGreaterThanOrEqual(0);
      }
      expect(meter.totalBytes).toBe(total);
    }),
    { seed: 1 },
  );
});
