import { expect, test } from 'vitest';
import { PromiseWatch } from './promise-watch.ts';

const RATE = 1_000;

/** How far a download falls behind that gets so many bytes in each second in turn. */
function behindS(bytesBySecond: readonly number[]): number {
  const watch = new PromiseWatch(RATE);
  let gotBytes = 0;
  for (const [second, bytes] of bytesBySecond.entries()) {
    gotBytes += bytes;
    watch.look(second + 1, gotBytes);
  }
  return watch.behindS;
}

const seconds = (count: number, bytes: number): number[] => Array(count).fill(bytes);

test.each([
  ['three seconds of grace', seconds(3, 0), 0],
  ['who keeps the rate after it', [...seconds(3, 0), ...seconds(60, RATE)], 0],
  ['a pause that what came in the grace makes up for', [2 * RATE, 2 * RATE, RATE, 0, 0, ...seconds(10, RATE)], 0],
  ['a pause after a steady minute from the end of the grace on', [...seconds(3, 0), ...seconds(60, RATE), 0, 0], 2],
  ['a pause of six seconds, of which five were ahead', [...seconds(60, 3 * RATE), ...seconds(6, 0)], 1],
  ['a rate that is half of it', [...seconds(3, 0), ...seconds(8, RATE / 2)], 4],
])('%s', (_, bytesBySecond, expected) => {
  expect(behindS(bytesBySecond)).toBeCloseTo(expected, 9);
});
