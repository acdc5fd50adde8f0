import { expect, test } from 'vitest';
import { StepClock } from './step-clock.ts';

test('timers ring in order of time, among equals in order of setting, and see their own time', () => {
  const clock = new StepClock(1_000);
  const rung: string[] = [];
  const note = (name: string) => () => rung.push(`${name} ${clock.nowMs()}`);
  clock.after(30, note('late'));
  clock.after(10, note('first'));
  clock.after(10, note('second'));
  clock.after(20, () => clock.after(0, note('nested')));
  clock.after(15, note('never'))();
  clock.passTo(1_030);
  expect(rung).toEqual(['first 1010', 'second 1010', 'nested 1020']);
  expect(clock.nowMs()).toBe(1_030);
  clock.settle();
  expect(rung.at(-1)).toBe('late 1030');
  expect(clock.calls).toBe(5);
});

test('what repeats rings until it is stopped', () => {
  const clock = new StepClock(0);
  const at: number[] = [];
  const stop = clock.every(500, () => {
    at.push(clock.nowMs());
    if (at.length === 3) stop();
  });
  clock.passTo(10_000);
  expect(at).toEqual([500, 1_000, 1_500]);
});
