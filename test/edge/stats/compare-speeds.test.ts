import { describe, expect, test } from 'vitest';
import type { SpeedCount } from '../../../src/edge/records/day-sums.ts';
import { speedStep } from '../../../src/edge/records/speed-step.ts';
import { compareSpeeds } from '../../../src/edge/stats/compare-speeds.ts';

/** Deliveries whose speeds lie around one speed, from half of it to one and a half. */
const spread = (cohort: SpeedCount['cohort'], deliveries: number, middle: number): SpeedCount[] =>
  Array.from({ length: deliveries }, (_, index) => ({
    cohort,
    step: speedStep(middle * (0.5 + (index + 0.5) / deliveries)),
    deliveries: 1,
  }));
const compare = (mixed: number, mixedSpeed: number, control: number, controlSpeed: number) =>
  compareSpeeds([...spread('mixed', mixed, mixedSpeed), ...spread('control', control, controlSpeed)]);

describe('two cohorts', () => {
  test.each([
    ['clearly faster', [400, 6e6, 23, 4e6], 'faster'],
    ['clearly slower', [400, 3e6, 23, 5e6], 'slower'],
    ['the same', [400, 5e6, 23, 5e6], 'no-difference'],
    ['a little faster, from few', [30, 5.3e6, 12, 5e6], 'no-difference'],
    ['a little faster, from very many', [40_000, 5.3e6, 2000, 5e6], 'faster'],
    ['nine without peers', [400, 9e6, 9, 1e6], 'too-few'],
    ['nine with peers', [9, 9e6, 400, 1e6], 'too-few'],
  ] as const)('%s', (_, [mixed, mixedSpeed, control, controlSpeed], verdict) => {
    expect(compare(mixed, mixedSpeed, control, controlSpeed).verdict).toBe(verdict);
  });

  test('have medians within a step of the true ones', () => {
    const { mixed, control, ratio } = compare(401, 6e6, 41, 4e6);
    expect(mixed.deliveries).toBe(401);
    expect((mixed.medianBytesPerS ?? 0) / 6e6).toBeCloseTo(1, 1);
    expect((control.medianBytesPerS ?? 0) / 4e6).toBeCloseTo(1, 1);
    expect(ratio).toBeCloseTo(1.5, 1);
  });
});

test('nobody delivered anything', () => {
  const none = { deliveries: 0, medianBytesPerS: null };
  expect(compareSpeeds([])).toEqual({ mixed: none, control: none, ratio: null, verdict: 'too-few' });
});

test('all were equally fast', () => {
  const same = (cohort: SpeedCount['cohort']) => ({ cohort, step: 300, deliveries: 50 });
  expect(compareSpeeds([same('mixed'), same('control')])).toMatchObject({ ratio: 1, verdict: 'no-difference' });
});

test('chance alone is taken for a difference about once in twenty times', () => {
  let state = 12_345;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const draw = (cohort: SpeedCount['cohort'], count: number): SpeedCount[] =>
    Array.from({ length: count }, () => ({ cohort, step: speedStep(1e6 * 8 ** random()), deliveries: 1 }));
  const worlds = 1000;
  let wrong = 0;
  for (let world = 0; world < worlds; world += 1)
    if (compareSpeeds([...draw('mixed', 200), ...draw('control', 15)]).verdict !== 'no-difference') wrong += 1;
  expect(wrong / worlds).toBeGreaterThan(0.025);
  expect(wrong / worlds).toBeLessThan(0.075);
});
