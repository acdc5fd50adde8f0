import { expect, test } from 'vitest';
import { PromiseBalance } from './promise-balance.ts';

const RATE = 1_000;

/** Lets so many bytes come in each second in turn. */
function after(bytesBySecond: readonly number[]): PromiseBalance {
  const balance = new PromiseBalance(RATE);
  for (const bytes of bytesBySecond) for (let tenth = 0; tenth < 10; tenth++) balance.pass(0.1, bytes / 10);
  return balance;
}
const seconds = (count: number, bytes: number): number[] => Array(count).fill(bytes);

test.each<[string, readonly number[], number]>([
  ['nothing is owed while the grace lasts', seconds(2, 0), 0],
  ['who keeps the rate is never behind', seconds(60, RATE), 0],
  ['an hour of plenty counts for five seconds', [...seconds(3_600, 9 * RATE), ...seconds(7, 0)], 2],
  ['what is lacking is not forgiven, and remembered', [...seconds(13, 0), ...seconds(99, 9 * RATE)], 10],
])('%s', (_, bytesBySecond, behindS) => {
  expect(after(bytesBySecond).worstBehindS).toBeCloseTo(behindS, 0);
});
