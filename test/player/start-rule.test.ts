import { expect, test } from 'vitest';
import { startBufferS } from '../../src/player/start-rule.ts';

const MB = 1_000_000;

test.each([
  ['three times faster', 3 * MB, MB, 0, 0.5],
  ['a little less', 2.9 * MB, MB, 0, 1],
  ['half as fast again', 1.5 * MB, MB, 0, 1],
  ['hardly faster', 1.1 * MB, MB, 0, 2],
  ['too slow', 0.9 * MB, MB, 0, 3],
  ['silent', 0, MB, 0, 3],
  ['all here', Number.POSITIVE_INFINITY, MB, 0, 0.5],
  ['of unknown pace', 5 * MB, null, 0, 3],
  ['fast, after it stood still', 3 * MB, MB, 1, 1],
  ['slow, after it stood still twice', 0.5 * MB, MB, 2, 12],
  ['slow, after it stood still often', 0.5 * MB, MB, 9, 24],
])('%s', (_name, source, takes, standstills, bufferedS) => {
  expect(startBufferS(source, takes, standstills)).toBe(bufferedS);
});
