import { expect, test } from 'vitest';
import { bytesAt, lostSeconds, lostSinceDeath } from './lost-seconds.ts';

const MB = 1_000_000;
/** 12 MB/s for 3 s are 36 MB; the other 24 MB take 6 s at 4 MB/s. */
const death = {
  lengthBytes: 60 * MB,
  rateBefore: 12 * MB,
  rateAfter: 4 * MB,
  startedAtMs: 50_000,
  killedAtMs: 53_000,
};

test('nothing is lost by one that knew', () => {
  expect(lostSeconds({ ...death, verifiedAtMs: 59_000 })).toBeCloseTo(0);
});

test('a start that is late counts, but not as lost since the death', () => {
  // Half a second late: 6 MB less at the death, which take 1.5 s more afterwards.
  const late = { ...death, verifiedAtMs: 60_500 };
  const progress = [
    { atMs: 50_500, bytes: 0 },
    { atMs: 53_500, bytes: 36 * MB },
  ];
  expect(lostSeconds(late)).toBeCloseTo(1.5);
  expect(lostSinceDeath(late, progress)).toBeCloseTo(0);
});

test.each([
  ['before the first note', 40, 0],
  ['at a note', 200, 30],
  ['between two notes', 150, 20],
  ['after the last note', 900, 30],
])('bytes %s', (_, atMs, bytes) => {
  const progress = [
    { atMs: 100, bytes: 10 },
    { atMs: 200, bytes: 30 },
  ];
  expect(bytesAt(progress, atMs)).toBe(bytes);
});
