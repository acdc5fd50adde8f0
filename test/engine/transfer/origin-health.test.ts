import { describe, expect, test } from 'vitest';
import {
  afterBytes,
  afterFault,
  afterLie,
  isDropped,
  isGone,
  type OriginHealth,
  UNPROVEN,
} from '../../../src/engine/transfer/origin-health.ts';
import type { OriginFault } from '../../../src/model/failure.ts';

const NOW = 1_000_000;
/** Seconds of rest after each of `times` faults in a row. */
function rests(fault: OriginFault, times: number, retryAfterS: number | null = null): number[] {
  let health: OriginHealth = UNPROVEN;
  return Array.from({ length: times }, () => {
    health = afterFault(health, fault, 500, retryAfterS, NOW);
    return (health.restUntilMs - NOW) / 1_000;
  });
}

describe('after a fault an origin rests, longer each time', () => {
  test.each<[OriginFault, number[]]>([
    ['unreachable', [1, 2, 4, 8, 16, 32, 60, 60]],
    ['stalled', [1, 2, 4, 8, 16, 32, 60, 60]],
    ['busy', [5, 10, 20, 40, 80, 160, 320, 600, 600]],
    ['server-error', [5, 10, 20, 40, 80, 160, 320, 600, 600]],
    ['not-found', [60, 120, 240, 480, 960, 1920, 3600, 3600]],
    ['forbidden', [60, 120, 240, 480, 960, 1920, 3600, 3600]],
    ['wrong-range', [60, 120]],
    ['wrong-length', [60, 120]],
    ['encoded', [60, 120]],
    ['web-page', [60, 120]],
  ])('%s', (fault, expected) => {
    expect(rests(fault, expected.length)).toEqual(expected);
  });

  test('as long as it asks for, when it asks', () => {
    expect(rests('busy', 3, 30)).toEqual([30, 30, 30]);
  });

  test('and longer each time if what it asks for is next to nothing', () => {
    expect(rests('busy', 8, 0)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(rests('server-error', 3, 2)).toEqual([2, 2, 4]);
  });

  test('but not for a file that is not there, when another may be asked for at once', () => {
    expect(rests('not-found', 3, 0)).toEqual([0, 0, 0]);
  });

  test('thousands of faults do not overflow', () => {
    expect(rests('busy', 5_000).at(-1)).toBe(600);
  });
});

test('an origin that ignores ranges does not rest, however many of its runs tell it: it is read from the start', () => {
  const health = afterFault(UNPROVEN, 'ignores-ranges', 200, null, NOW);
  expect(health).toMatchObject({ ignoresRanges: true, faults: 0, last: null, restUntilMs: 0 });
  expect(afterFault(health, 'ignores-ranges', 200, null, NOW)).toEqual(health);
});

test('requests that were under way together and all fail are one fault; one that began later is another', () => {
  let health = afterFault(UNPROVEN, 'unreachable', null, null, NOW, NOW - 500);
  for (const at of [1, 2]) health = afterFault(health, 'unreachable', null, null, NOW + at, NOW - 400);
  expect(health).toMatchObject({ faults: 1, restUntilMs: NOW + 2 + 1_000 });
  expect(afterFault(health, 'unreachable', null, null, NOW + 1_500, NOW + 1_003).faults).toBe(2);
  const delivered = afterBytes(health);
  expect(afterFault(delivered, 'unreachable', null, null, NOW + 10, NOW - 400).faults).toBe(1);
});

test('bytes make faults forgotten', () => {
  const faulty = afterFault(afterFault(UNPROVEN, 'busy', 503, null, NOW), 'busy', 503, null, NOW);
  expect(afterBytes(faulty)).toMatchObject({ faults: 0, last: null });
});

test('bytes of another request do not end a rest that the origin asked for', () => {
  const resting = afterFault(UNPROVEN, 'busy', 503, 30, NOW);
  expect(afterBytes(resting).restUntilMs).toBe(NOW + 30_000);
});

test('bytes of a healthy origin change nothing', () => {
  expect(afterBytes(UNPROVEN)).toBe(UNPROVEN);
});

test('a liar is dropped, and bytes do not make it good', () => {
  const once = afterLie(UNPROVEN, { lies: 1, isLiar: false });
  expect(isDropped(once)).toBe(false);
  expect(isDropped(afterBytes(afterLie(once, { lies: 2, isLiar: true })))).toBe(true);
});

test('after four faults in a row nothing is expected of an origin, until it delivers again', () => {
  let health = UNPROVEN;
  for (let fault = 0; fault < 3; fault++) health = afterFault(health, 'unreachable', null, null, NOW);
  expect(isGone(health)).toBe(false);
  health = afterFault(health, 'busy', 503, null, NOW);
  expect(isGone(health)).toBe(true);
  expect(isGone(afterBytes(health))).toBe(false);
});
