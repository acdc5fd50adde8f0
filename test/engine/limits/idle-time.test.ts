import { expect, test } from 'vitest';
import { IdleTime, STALLED_AFTER_MS } from '../../../src/engine/limits/idle-time.ts';

/** Looks once a second at a transfer that moves in the seconds for which `moves` is true. */
function watch(idle: IdleTime, seconds: number, moves: (second: number) => boolean, from = 0): void {
  for (let second = from; second < from + seconds; second++) {
    idle.look(moves(second) ? `at ${second}` : 'still', second * 1_000);
  }
}

test('who moves nothing for a minute is stalled, and not before', () => {
  const idle = new IdleTime();
  watch(idle, 60, () => false);
  expect(idle.isStalled).toBe(false);
  watch(idle, 1, () => false, 60);
  expect(idle).toMatchObject({ isStalled: true, stalledAtMs: STALLED_AFTER_MS });
});

test('one byte now and then does not count as moving again, ten seconds of them do', () => {
  const idle = new IdleTime();
  watch(idle, 70, () => false);
  watch(idle, 60, (second) => second % 15 === 0, 70);
  expect(idle.isStalled).toBe(true);
  watch(idle, 15, () => true, 130);
  expect(idle).toMatchObject({ isStalled: false, stalledAtMs: null });
});

test('a slow one is not stalled', () => {
  const idle = new IdleTime();
  watch(idle, 600, (second) => second % 30 === 0);
  expect(idle.isStalled).toBe(false);
});

test('when it stops it is tried anew, and it is remembered that it was stalled', () => {
  const idle = new IdleTime();
  watch(idle, 70, () => false);
  idle.stopped();
  expect(idle).toMatchObject({ isStalled: false, stalledAtMs: 60_000 });
  watch(idle, 30, () => false, 500);
  expect(idle.isStalled).toBe(false);
  idle.forget();
  expect(idle.stalledAtMs).toBeNull();
});

test('hours in which the machine slept are no hours in which nothing moved', () => {
  const idle = new IdleTime();
  watch(idle, 20, () => true);
  idle.look('at 19', 5 * 3_600_000);
  expect(idle.isStalled).toBe(false);
});
