import { describe, expect, test } from 'vitest';
import { MIN_RUN_BYTES, type RunShare, runLengthBytes } from '../../../src/engine/schedule/run-length.ts';

const MIB = 1_048_576;
const lengthOf = (share: Partial<RunShare>) =>
  runLengthBytes({ freeBytes: 90 * MIB, ofRate: 0.5, runs: 2, rateBytesPerS: 8 * MIB, firstByteS: 0.05, ...share });

describe('the length of the next run', () => {
  test('is what an origin would bring if all others were twice as fast', () => {
    expect(lengthOf({})).toBeCloseTo(15 * MIB, 0);
    expect(lengthOf({ runs: 3 })).toBeCloseTo(10 * MIB, 0);
    expect(lengthOf({ runs: 1 })).toBeCloseTo(15 * MIB, 0);
  });

  test('is all of its part when the origin is alone', () => {
    expect(lengthOf({ ofRate: 1, freeBytes: 50 * MIB })).toBe(25 * MIB);
  });

  test('is half of that before it has shown a rate: others may come', () => {
    expect(lengthOf({ ofRate: 1, freeBytes: 20 * MIB, rateBytesPerS: null })).toBe(5 * MIB);
  });

  test('gets shorter towards the end', () => {
    expect(lengthOf({ freeBytes: 9 * MIB })).toBeCloseTo(1.5 * MIB, 0);
  });

  test('is never over before the first byte of the next run is here', () => {
    expect(lengthOf({ freeBytes: MIB, firstByteS: 0.5 })).toBeGreaterThanOrEqual(2 * MIB);
  });

  test('is worth a request, however slow the origin is', () => {
    expect(lengthOf({ freeBytes: 1, rateBytesPerS: 1_000 })).toBe(MIN_RUN_BYTES);
  });

  test('is bounded while nothing is known, and by what may change in a while', () => {
    expect(lengthOf({ freeBytes: 9_000 * MIB, rateBytesPerS: null })).toBe(16 * MIB);
    expect(lengthOf({ freeBytes: 9_000 * MIB })).toBe(60 * MIB);
  });
});
