import { expect, test } from 'vitest';
import { RateDebt } from '../../../src/engine/limits/rate-debt.ts';

test('what was taken beyond a limit is paid back, a part each second, and no more', () => {
  const debt = new RateDebt();
  debt.took(1_400, 1_000, 1);
  expect(debt.paid(1_000)).toBe(900);
  debt.took(900, 1_000, 1);
  expect(debt.paid(1_000)).toBe(925);
});

test('a burst is not held against anybody for long, and what was not taken is no licence', () => {
  const debt = new RateDebt();
  debt.took(50_000, 1_000, 1);
  expect(debt.paid(1_000)).toBe(750);
  for (let second = 0; second < 60; second++) debt.took(0, 1_000, 1);
  expect(debt.paid(1_000)).toBeLessThan(1_070);
  debt.took(500, null, 1);
  expect(debt.paid(1_000)).toBe(1_000);
});
