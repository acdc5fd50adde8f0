import { expect, test } from 'vitest';
import type { ActionReply } from '../../../src/ui/actions.ts';
import { runForEach } from '../../../src/ui/manager/run-for-each.ts';

const DONE = { ok: true, output: null } as const;
const GONE = { ok: false, failure: { code: 'no-answer' } } as const;

test('asks for each once, at most eight at a time', async () => {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const numbers = Array.from({ length: 30 }, (_, number) => number);
  const outcome = runForEach(numbers, (number) => {
    asked.push(number);
    return new Promise<ActionReply<null>>((resolve) => answers.push(() => resolve(DONE)));
  });
  let most = 0;
  while (asked.length < numbers.length || answers.length > 0) {
    most = Math.max(most, answers.length);
    answers.shift()?.();
    await Promise.resolve().then(() => undefined);
  }
  expect(await outcome).toEqual({ done: 30, failures: [] });
  expect(asked).toEqual(numbers);
  expect(most).toBe(8);
});

test('goes on when one fails, and tells which failures there were', async () => {
  const outcome = await runForEach([1, 2, 3, 4], async (number) => (number % 2 === 0 ? GONE : DONE));
  expect(outcome).toEqual({ done: 2, failures: [GONE.failure, GONE.failure] });
});

test('has nothing to do for nobody', async () => {
  expect(await runForEach([], async () => GONE)).toEqual({ done: 0, failures: [] });
});
