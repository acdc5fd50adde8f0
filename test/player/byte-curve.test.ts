import { expect, test } from 'vitest';
import { ByteCurve } from '../../src/player/byte-curve.ts';

const curve = new ByteCurve(
  [
    { timeS: 0, byte: 1_000 },
    { timeS: 20, byte: 7_000 },
    { timeS: 10, byte: 6_000 },
    { timeS: 30, byte: 6_500 }, // no file goes back
    { timeS: 500, byte: 9_000 }, // nor on after its end
  ],
  100,
  10_000,
);

test.each([
  [0, 1_000],
  [5, 3_500],
  [10, 6_000],
  [15, 6_500],
  [60, 8_500],
  [100, 10_000],
  [200, 10_000],
])('%s s are %s bytes', (timeS, byte) => {
  expect(curve.byteAt(timeS)).toBeCloseTo(byte);
  expect(curve.timeAt(byte)).toBeCloseTo(Math.min(timeS, 100));
});

test('what it takes differs from place to place', () => {
  expect(curve.bytesPerS(0, 10)).toBeCloseTo(500);
  expect(curve.bytesPerS(20, 60)).toBeCloseTo(37.5);
  expect(curve.bytesPerS(99, 10)).toBeCloseTo(37.5);
  expect(curve.bytesPerS(100, 10)).toBe(0);
});

test('without known places all seconds are alike', () => {
  expect(new ByteCurve([], 100, 10_000).byteAt(25)).toBe(2_500);
});
