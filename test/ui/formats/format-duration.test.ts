import { expect, test } from 'vitest';
import { formatDuration } from '../../../src/ui/formats/format-duration.ts';

test.each([
  [0, 'a few seconds'],
  [5, 'a few seconds'],
  [6, '10 s'],
  [41, '45 s'],
  [55, '55 s'],
  [56, '1 min'],
  [60, '1 min'],
  [61, '2 min'],
  [59 * 60, '59 min'],
  [59 * 60 + 1, '1 h'],
  [3600, '1 h'],
  [3601, '1 h 5 min'],
  [80 * 60, '1 h 20 min'],
  [12_345, '3 h 30 min'],
  [23 * 3600, '23 h'],
  [23 * 3600 + 1, '1 day'],
  [86_401, '2 days'],
  [99 * 86_400, '99 days'],
  [100 * 86_400, 'more than 99 days'],
  [Number.POSITIVE_INFINITY, 'more than 99 days'],
])('%d seconds are "%s"', (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected);
});
