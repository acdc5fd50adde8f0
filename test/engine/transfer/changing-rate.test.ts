import { expect, test } from 'vitest';
import { ChangingRate } from '../../../src/engine/transfer/changing-rate.ts';
import { RateMeter } from '../../../src/engine/transfer/rate-meter.ts';

/** Lets bytes come every 100 ms. Returns when the last came. */
function bring(rate: ChangingRate | RateMeter, bytesPerS: number, forMs: number, fromMs: number): number {
  for (let ms = 100; ms <= forMs; ms += 100) rate.add(bytesPerS / 10, fromMs + ms);
  return fromMs + forMs;
}

test.each([
  ['an eighth', 1 / 8],
  ['four times', 4],
])('half a second after a rate has become %s it is believed, and not only half of it', (_name, factor) => {
  const [quick, mean] = [new ChangingRate(), new RateMeter()];
  const rateAfter = (rate: ChangingRate | RateMeter): number => {
    rate.start(0);
    return rate.rate(bring(rate, factor * 1e6, 500, bring(rate, 1e6, 10_000, 0)));
  };
  const off = (measured: number) => Math.abs(Math.log(measured / (factor * 1e6)));
  expect(off(rateAfter(quick))).toBeLessThan(off(rateAfter(mean)) / 2);
});

test('what differs a little is taken for chance', () => {
  const [quick, mean] = [new ChangingRate(), new RateMeter()];
  for (const rate of [quick, mean]) {
    rate.start(0);
    bring(rate, 1.3e6, 300, bring(rate, 1e6, 10_000, 0));
  }
  expect(quick.rate(10_300)).toBe(mean.rate(10_300));
});

test('while it is stopped no time passes for it', () => {
  const rate = new ChangingRate();
  rate.start(0);
  const end = bring(rate, 1e6, 4_000, 0);
  rate.stop(end);
  expect(rate.rate(end + 60_000)).toBe(rate.rate(end));
  expect(rate.totalBytes).toBe(4e6);
});
