import { describe, expect, test } from 'vitest';
import { bytesBy, during, type RateTrace, rateAt, steady, timeOf, together, traceReader } from './rate-trace.ts';

/** 100 bytes a second, from 2 s on 10, from 5 s on nothing, from 6 s on 50. */
const TRACE: RateTrace = [
  { fromS: 0, bytesPerS: 100 },
  { fromS: 2, bytesPerS: 10 },
  { fromS: 5, bytesPerS: 0 },
  { fromS: 6, bytesPerS: 50 },
];

test.each([
  [0, 0, 100],
  [1, 100, 100],
  [2, 200, 10],
  [4, 220, 10],
  [5.5, 230, 0],
  [8, 330, 50],
])('by second %d it brings %d bytes, and sends %d a second', (atS, bytes, rate) => {
  expect(bytesBy(TRACE, atS)).toBe(bytes);
  expect(rateAt(TRACE, atS)).toBe(rate);
});

test.each([
  [0, 0],
  [200, 2],
  [225, 4.5],
  [230, 5],
  [240, 6.2],
])('%d bytes are there after %d seconds', (bytes, byS) => {
  expect(timeOf(TRACE, bytes)).toBeCloseTo(byS, 9);
});

test('what never comes takes for ever', () => {
  expect(timeOf(during(TRACE, 0, 3), 211)).toBe(Number.POSITIVE_INFINITY);
  expect(timeOf([], 1)).toBe(Number.POSITIVE_INFINITY);
});

describe('during', () => {
  test('is nothing before and after', () => {
    const part = during(TRACE, 1, 7);
    expect(bytesBy(part, 0.9)).toBe(0);
    expect(bytesBy(part, 100)).toBe(100 + 30 + 0 + 50);
  });

  test('is nothing at all when the end comes first', () => {
    expect(during(TRACE, 3, 3)).toEqual([]);
  });
});

test('together they send the sum, as far as the downlink carries it', () => {
  const sum = together([TRACE, during(steady(30), 1)], 60);
  expect([0, 1, 2, 5, 6].map((atS) => rateAt(sum, atS))).toEqual([60, 60, 40, 30, 60]);
});

test('a reader that goes forward sees what `rateAt` sees', () => {
  const read = traceReader(TRACE);
  for (const atS of [0, 0.5, 2, 2.1, 4.9, 5, 7]) expect(read(atS)).toBe(rateAt(TRACE, atS));
});
