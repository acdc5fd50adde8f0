import { expect, test } from 'vitest';
import { LIMITS } from '../../../src/edge/limits/edge-limits.ts';
import { makePlausibility } from '../../../src/edge/tracker/plausible.ts';

const GB = 1e9;
const HOUR_MS = 3_600_000;

function world({ sizeBytes = GB as number | null, burst = 100, maxAttempts = 1000 } = {}) {
  let atMs = 0;
  const limits = { ...LIMITS, countedPerAddress: { burst, perS: 1 / 600 } };
  const judge = makePlausibility(
    limits,
    () => sizeBytes,
    () => atMs,
    maxAttempts,
  );
  const peer = (peerKey: string, addressKey = '192.0.2.1') => ({ infoHash: 'x', peerKey, addressKey });
  return {
    started: (name: string, left: number, address?: string) => judge.started(peer(name, address), left),
    completed: (name: string, address?: string) => judge.completed(peer(name, address)),
    pass: (ms: number) => {
      atMs += ms;
    },
  };
}

test('a download that begins and ends counts once each', () => {
  const { started, completed, pass } = world();
  expect(started('ann', GB)).toBe(true);
  pass(10_000);
  expect(completed('ann')).toBe(true);
  expect(completed('ann')).toBe(false);
  expect(started('ann', GB)).toBe(false);
});

test.each([
  ['who never began cannot end', null, 10_000, false],
  ['who had all from the start brought nothing', 0, 10_000, false],
  ['a gigabyte does not come in half a second', GB, 500, false],
  ['it may come in one', GB, 1000, true],
  ['a resumed rest of a megabyte may', 1e6, 1, true],
  ['nobody lacks more than there is', 2 * GB, 10_000, false],
  ['who had only a magnet did not know what it lacked', Number.POSITIVE_INFINITY, 10_000, true],
  ['and still cannot have it at once', Number.POSITIVE_INFINITY, 500, false],
])('%s', (_name, left, afterMs, counts) => {
  const { started, completed, pass } = world();
  if (left !== null) started('ann', left);
  pass(afterMs);
  expect(completed('ann')).toBe(counts);
});

test('one address counts a few times for one file, and again as time goes by', () => {
  const { started, completed, pass } = world({ burst: 3 });
  const tryAll = (from: number) => {
    const names = Array.from({ length: 1000 }, (_, index) => `peer ${from + index}`);
    const begun = names.filter((name) => started(name, 1000)).length;
    pass(1000);
    return [begun, names.filter((name) => completed(name)).length];
  };
  expect(tryAll(0)).toEqual([3, 3]);
  pass(HOUR_MS);
  expect(tryAll(5000)).toEqual([3, 3]);
  expect(started('neighbour', 1000, '192.0.2.2')).toBe(true);
});

test('what is remembered is bounded: the oldest attempt is forgotten and cannot end', () => {
  const { started, completed, pass } = world({ maxAttempts: 10 });
  for (let index = 0; index < 11; index += 1) expect(started(`peer ${index}`, 1000)).toBe(true);
  pass(1000);
  expect(completed('peer 0')).toBe(false);
  expect(completed('peer 1')).toBe(true);
});
