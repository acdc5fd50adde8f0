import { describe, expect, test } from 'vitest';
import { ClickRate, MAX_CLICKS } from '../../src/background/click-rate.ts';

const times = (rate: ClickRate, tabId: number, clicksMs: readonly number[]) =>
  clicksMs.map((atMs) => rate.take(tabId, atMs));
const burst = Array.from({ length: MAX_CLICKS }, (_, at) => at * 50);

describe('clicks of one tab', () => {
  test('are taken, 20 within two seconds', () => {
    expect(new Set(times(new ClickRate(), 1, burst))).toEqual(new Set(['taken']));
  });
  test('beyond that are refused, and the first refusal is told apart', () => {
    const rate = new ClickRate();
    times(rate, 1, burst);
    expect(times(rate, 1, [1_000, 1_010, 1_020])).toEqual(['first-refused', 'refused', 'refused']);
  });
  test('are taken again when two seconds have passed, one for each that has grown old', () => {
    const rate = new ClickRate();
    times(rate, 1, burst);
    expect(times(rate, 1, [1_999, 2_000, 2_049, 2_050])).toEqual(['first-refused', 'taken', 'refused', 'taken']);
  });
  test('are a new burst after two seconds without a refusal', () => {
    const rate = new ClickRate();
    times(rate, 1, [...burst, 1_000]);
    expect(
      times(
        rate,
        1,
        [...burst, 960].map((atMs) => atMs + 5_000),
      ).at(-1),
    ).toBe('first-refused');
  });
  test('do not count for another tab', () => {
    const rate = new ClickRate();
    times(rate, 1, [...burst, 1_000]);
    expect(rate.take(2, 1_000)).toBe('taken');
  });
  test('at a user’s pace are taken for ever', () => {
    const slowly = Array.from({ length: 500 }, (_, at) => at * 101);
    expect(new Set(times(new ClickRate(), 1, slowly))).toEqual(new Set(['taken']));
  });
});
