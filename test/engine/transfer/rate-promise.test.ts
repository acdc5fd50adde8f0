import { expect, test } from 'vitest';
import { RatePromise } from '../../../src/engine/transfer/rate-promise.ts';

const RATE = 500_000;

/** How far ahead of its promise a download is, in seconds of it, after so many bytes in each second in turn. */
function aheadS(bytesBySecond: readonly number[], promise = new RatePromise(), isAlone = false): number {
  let gotBytes = 0;
  let demand = promise.demand({ bytesPerS: RATE, gotBytes: 0, atS: 0, isAlone });
  for (const [second, bytes] of bytesBySecond.entries()) {
    gotBytes += bytes;
    demand = promise.demand({ bytesPerS: RATE, gotBytes, atS: second + 1, isAlone });
  }
  if (demand.type !== 'rate') throw new Error('a promised rate is a rate');
  return (demand.gotBytes - demand.elapsedS * demand.bytesPerS) / RATE;
}

const seconds = (count: number, bytes: number): number[] => Array(count).fill(bytes);

test.each([
  ['nothing is missed while peers are being found', seconds(2, 0), 1],
  ['who keeps the rate stays where it was', seconds(60, RATE), 0],
  ['what came faster makes up for five seconds', seconds(60, 20 * RATE), 5],
  ['an hour of plenty excuses no standstill', [...seconds(3_600, 20 * RATE), ...seconds(6, 0)], -1],
  ['three seconds of what is lacking are made up for', seconds(60, 0), -3],
])('%s', (_, bytesBySecond, ahead) => {
  expect(aheadS(bytesBySecond)).toBeCloseTo(ahead, 6);
});

test('where nobody can be expected, nothing is waited for', () => {
  expect(aheadS([], new RatePromise(), true)).toBe(0);
  expect(aheadS(seconds(2, 0), new RatePromise(), true)).toBeCloseTo(-2, 6);
});

test('another rate begins anew: what was right by the old one is no debt by the new one', () => {
  const promise = new RatePromise();
  aheadS(seconds(100, RATE), promise);
  const demand = promise.demand({ bytesPerS: 4 * RATE, gotBytes: 100 * RATE, atS: 100, isAlone: false });
  expect(demand).toMatchObject({ bytesPerS: 4 * RATE, elapsedS: 0, gotBytes: 3 * 4 * RATE });
});
