import { expect, test } from 'vitest';
import { LIMITS, withoutAddressLimits } from '../../../src/edge/limits/edge-limits.ts';
import { makeOpenCounts } from '../../../src/edge/limits/open-counts.ts';
import { type Allowance, makeBuckets } from '../../../src/edge/limits/token-buckets.ts';

function world(burst: number, perS: number, maxKeys?: number) {
  let atMs = 0;
  const buckets = makeBuckets({ burst, perS }, () => atMs, maxKeys);
  const pass = (ms: number) => {
    atMs += ms;
  };
  const takeMany = (key: string, times: number) =>
    Array.from({ length: times }, () => buckets.take(key)).filter(Boolean).length;
  return { buckets, pass, takeMany };
}

test('a burst at once, then as many as come back', () => {
  const { pass, takeMany } = world(5, 2);
  expect(takeMany('a', 20)).toBe(5);
  pass(1500);
  expect(takeMany('a', 20)).toBe(3);
  pass(1_000_000);
  expect(takeMany('a', 20)).toBe(5);
});

test('keys do not pay for each other, and a clock that goes back gives nothing', () => {
  const { pass, takeMany } = world(2, 1);
  expect([takeMany('a', 5), takeMany('b', 5)]).toEqual([2, 2]);
  pass(-10_000);
  expect(takeMany('a', 5)).toBe(0);
});

test('a hundred thousand addresses do not make it grow, and somebody who is busy is not forgotten', () => {
  const { buckets, takeMany } = world(2, 0.001, 100);
  expect(takeMany('busy', 3)).toBe(2);
  for (let index = 0; index < 100_000; index += 1) {
    buckets.take(`stranger ${index}`);
    if (index % 50 === 0) expect(buckets.take('busy')).toBe(false);
  }
  expect(buckets.size()).toBeLessThanOrEqual(100);
});

test('open things are counted, and leave nothing behind', () => {
  const counts = makeOpenCounts(2);
  expect([counts.enter('a'), counts.enter('a'), counts.enter('a'), counts.enter('b')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  counts.leave('a');
  expect(counts.enter('a')).toBe(true);
});

test('without limits of addresses one of them may do everything that is counted by address, but not guess the token', () => {
  const lifted = withoutAddressLimits(LIMITS);
  const allowances = Object.entries(lifted).filter(([, limit]) => typeof limit === 'object');
  const often = allowances.filter(([, limit]) => {
    const buckets = makeBuckets(limit as Allowance, () => 0);
    return Array.from({ length: 2_000 }, () => buckets.take('an office')).every(Boolean);
  });
  expect(lifted.connectionsPerAddress).toBe(Number.POSITIVE_INFINITY);
  const held = allowances.filter((one) => !often.includes(one)).map(([name]) => name);
  expect(held).toEqual(['announcesPerPeer', 'signInsPerAddress']);
});
