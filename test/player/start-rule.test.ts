import { describe, expect, test } from 'vitest';
import { ByteCurve } from '../../src/player/byte-curve.ts';
import { type Reserve, reservePart } from '../../src/player/start-rule.ts';

const MB = 1_000_000;
const LENGTH_S = 600;
/** A megabyte a second. */
const even = new ByteCurve([], LENGTH_S, LENGTH_S * MB);
/** Its first ten seconds take five times as much as the others. */
const heavy = new ByteCurve([{ timeS: 10, byte: 50 * MB }], LENGTH_S, LENGTH_S * MB);

const reserve = (readyS: number, more: Partial<Reserve> = {}): Reserve => ({
  curve: even,
  playedS: 0,
  readyS,
  playbackRate: 1,
  sourceBytesPerS: 4 * MB,
  pieceLengthBytes: MB / 4,
  isWhole: false,
  standstills: 0,
  ...more,
});
/** The least that must be ready before it begins, in tenths of seconds. */
function neededS(more: Partial<Reserve> = {}): number {
  for (let tenths = 0; tenths < 500; tenths++) if (reservePart(reserve(tenths / 10, more)) >= 1) return tenths / 10;
  return Number.POSITIVE_INFINITY;
}

describe('begins with', () => {
  test.each([
    ['little, from fast sources', {}, 0.6],
    ['more, the longer the next piece takes', { pieceLengthBytes: 4 * MB }, 1.7],
    ['what sources that are hardly faster will lack', { sourceBytesPerS: 1.2 * MB }, 0.8],
    ['enough, when they are too slow anyway', { sourceBytesPerS: 0.5 * MB }, 3],
    ['enough, when nothing comes', { sourceBytesPerS: 0 }, 3],
    ['a heavy beginning, as far as sources do not keep up with that', { curve: heavy }, 3.4],
    ['more, the faster it is played', { playbackRate: 2, sourceBytesPerS: 2.6 * MB, pieceLengthBytes: MB }, 1.9],
    ['more after it stood still', { standstills: 2 }, 1.6],
    ['never too much', { sourceBytesPerS: 0.5 * MB, standstills: 9 }, 24],
    ['little, when all is here', { isWhole: true, sourceBytesPerS: 0 }, 0.4],
    ['what there is near the end', { playedS: LENGTH_S - 0.1, sourceBytesPerS: 0 }, 0],
  ] as const)('%s', (_name, more, seconds) => {
    const played = 'playedS' in more ? more.playedS : 0;
    if (played > 0) expect(reservePart(reserve(played, more))).toBe(1);
    else expect(neededS(more)).toBeCloseTo(seconds, 1);
  });
});

/** Plays a film as it comes, piece by piece, and says for how long it stood still after it began. */
function standsStillS(curve: ByteCurve, sourceBytesPerS: number, pieceLengthBytes: number): number {
  let [playedS, stillS, isPlaying] = [0, 0, false];
  for (let nowS = 0; playedS < LENGTH_S - 1; nowS += 0.05) {
    const readyByte = Math.floor((nowS * sourceBytesPerS) / pieceLengthBytes) * pieceLengthBytes;
    const readyS = curve.timeAt(readyByte);
    isPlaying ||= reservePart(reserve(readyS, { curve, sourceBytesPerS, pieceLengthBytes })) >= 1;
    if (!isPlaying) continue;
    if (readyS > playedS + 0.05) playedS += 0.05;
    else stillS += 0.05;
  }
  return stillS;
}

test.each([
  ['an even film, hardly faster', even, 1.1],
  ['a film that begins heavy, hardly faster', heavy, 1.1],
  ['a film that begins heavy, faster', heavy, 2],
])('nothing stands still: %s', (_name, curve, times) => {
  expect(standsStillS(curve, times * MB, MB)).toBe(0);
  expect(standsStillS(curve, times * MB, MB / 8)).toBe(0);
});
