import { expect, test } from 'vitest';
import { divideRate, type RateUser } from '../../../src/engine/limits/divide-rate.ts';

const user = (used: number, given: number | null, most: number | null = null): RateUser => ({
  usedBytesPerS: used,
  givenBytesPerS: given,
  mostBytesPerS: most,
});

test.each<[string, RateUser[], number[]]>([
  ['nobody has nothing', [], []],
  ['one has all', [user(0, null)], [1_000]],
  ['new ones have the same', [user(0, null), user(0, null)], [500, 500]],
  ['who uses what he has, may have the same as the others', [user(100, 100), user(900, 900)], [500, 500]],
  ['what one does not need goes to the others', [user(100, 500), user(500, 500)], [250, 900]],
  ['who uses nothing keeps a little, to show that he wants more', [user(0, 500), user(500, 500)], [250, 1_000]],
  ['nobody has more than his own limit', [user(0, null, 100), user(0, null)], [100, 900]],
  ["what nobody wants now is anybody's", [user(100, 500), user(200, 500)], [800, 900]],
  ['with a limit of nothing there is nothing', [user(0, null, 0), user(0, null)], [0, 1_000]],
])('%s', (_name, users, expected) => {
  const given = divideRate(1_000, users);
  expect(given.map(Math.round)).toEqual(expected);
});

test('parts settle within a few seconds on what each needs', () => {
  const wants = [100, 700, 5_000];
  let given: (number | null)[] = wants.map(() => null);
  for (let second = 0; second < 8; second++) {
    const users = wants.map((most, index) => user(Math.min(most, given[index] ?? 0), given[index] ?? null));
    given = divideRate(1_000, users);
  }
  const used = wants.map((most, index) => Math.min(most, given[index] ?? 0));
  expect(used[0]).toBe(100);
  expect(used.reduce((sum, part) => sum + part, 0)).toBeGreaterThan(990);
  expect(used.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(1_000.001);
});
