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

test('while it is stopped no time passes for it', () => {
  const meter = fed(10_000, 10, 5_000);
  const rate = meter.rate(5_000);
  meter.stop(5_000);
  expect(meter.rate(65_000)).toBe(rate);
  meter.start(65_000);
  expect(meter.rate(65_000)).toBeCloseTo(rate, 3);
  // It forgets again from here on, and measures as if there had been no pause.
  const unpaused = fed(10_000, 10, 5_000);
  for (let at = 10; at <= 1_000; at += 10) {
    meter.add(1_000, 65_000 + at);
    unpaused.add(1_000, 5_000 + at);
  }
  expect(meter.rate(66_000)).toBeCloseTo(unpaused.rate(6_000), 3);
});

test('only the first of several stops counts, and a start while it runs changes nothing', () => {
  const meter = fed(10_000, 10, 5_000);
  meter.start(5_000);
  const rate = meter.rate(5_000);
  meter.stop(5_000);
  meter.stop(9_000);
  meter.start(10_000);
  meter.start(10_500);
  expect(meter.rate(10_000)).toBeCloseTo(rate, 3);
  expect(meter.rate(10_500)).toBeLessThan(rate);
});

test('bytes that come while it is stopped count as if they had come at its stop', () => {
  const late = fed(10_000, 10, 5_000);
  late.stop(5_000);
  late.add(10_000, 8_000);
  const prompt = fed(10_000, 10, 5_000);
  prompt.add(10_000, 5_000);
  expect(late.rate(9_000)).toBeCloseTo(prompt.rate(5_000), 3);
  expect(late.totalBytes).toBe(prompt.totalBytes);
});

test('asking does not change the answer', () => {
  const asked = fed(10_000, 100, 5_000);
  for (let at = 5_000; at < 7_000; at += 7) asked.rate(at);
  expect(asked.rate(7_000)).toBeCloseTo(fed(10_000, 100, 5_000).rate(7_000), 3);
});

test('is never negative or without end, and the total is what was added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(3_000), fc.nat(5))), (steps) => {
      const meter = new RateMeter();
      let now = 0;
      let total = 0;
      for (const [bytes, waitMs, action] of steps) {
        now += waitMs;
        if (action === 0) meter.stop(now);
        if (action === 1) meter.start(now);
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
