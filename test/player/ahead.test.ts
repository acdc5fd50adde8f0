import { expect, test } from 'vitest';
import type { PieceRuns } from '../../src/model/player.ts';
import { bufferedAheadS, isWhole, storedAheadS } from '../../src/player/ahead.ts';
import { ByteCurve } from '../../src/player/byte-curve.ts';

const media = (currentTime: number, other: object = {}, ...ranges: [number, number][]) =>
  ({
    currentTime,
    readyState: 4,
    seeking: false,
    buffered: { length: ranges.length, start: (at: number) => ranges[at]?.[0], end: (at: number) => ranges[at]?.[1] },
    ...other,
  }) as unknown as HTMLMediaElement;

test.each([
  ['in the first stretch', 4, [[0, 10]], 6],
  [
    'in another',
    25,
    [
      [0, 10],
      [20, 40],
    ],
    15,
  ],
  [
    'just before one',
    19.95,
    [
      [0, 10],
      [20, 40],
    ],
    20.05,
  ],
  [
    'in none',
    15,
    [
      [0, 10],
      [20, 40],
    ],
    0,
  ],
] as const)('buffered: %s', (_name, at, ranges, aheadS) => {
  expect(bufferedAheadS(media(at, {}, ...(ranges as unknown as [number, number][])))).toBeCloseTo(aheadS);
});

/** A hundred seconds, a megabyte each. Looks: 0 missing, 1 asked, 4 from an origin. */
const file = (...pieces: [number, number][]) => ({
  lengthBytes: 100e6,
  pieceLengthBytes: 1e6,
  leadBytes: 0,
  durationS: 100,
  curve: null,
  pieces: pieces as PieceRuns,
});

/** Ten seconds take half of it. */
const HEAVY = new ByteCurve([{ timeS: 10, byte: 50e6 }], 100, 100e6);

test.each([
  ['up to what is asked for', 4, file([4, 30], [1, 70]), 26],
  ['to the end', 4, file([4, 100]), 96],
  ['nothing', 40, file([4, 30], [0, 70]), 0],
  ['beyond a hole', 60, file([4, 30], [0, 20], [4, 50]), 40],
  ['with what lies before the file in its first piece', 4, { ...file([4, 30], [0, 71]), leadBytes: 500_000 }, 25.5],
  ['of a film that begins heavy', 4, { ...file([4, 30], [1, 70]), curve: HEAVY }, 2],
  ['not known how long it is', 4, { ...file([4, 100]), durationS: null }, 0],
] as const)('stored: %s', (_name, at, it, aheadS) => {
  expect(storedAheadS(media(at), it)).toBeCloseTo(aheadS);
});

test('an element that has nothing to go on with has nothing ahead', () => {
  expect(storedAheadS(media(4, { readyState: 1 }), file([4, 100]))).toBe(0);
  expect(storedAheadS(media(4, { seeking: true }), file([4, 100]))).toBe(0);
});

test.each([
  [
    [
      [2, 1],
      [3, 2],
      [5, 4],
    ],
    true,
  ],
  [
    [
      [2, 1],
      [1, 2],
    ],
    false,
  ],
  [[[6, 1]], false],
] as const)('whole: %j', (pieces, whole) => {
  expect(isWhole(pieces as unknown as PieceRuns)).toBe(whole);
});
