import { describe, expect, test } from 'vitest';
import { chartDays } from '../../src/dashboard/chart-days.ts';
import { formatMoney } from '../../src/dashboard/format-money.ts';
import { formatShare } from '../../src/dashboard/format-share.ts';
import { daysOf } from '../../src/dashboard/span-choice.ts';
import { completionShare, speedSentence } from '../../src/dashboard/statistics-words.ts';
import { withoutTrifles } from '../../src/dashboard/without-trifles.ts';
import { reckon, tally } from '../../src/edge/stats/reckon.ts';
import { aDay, nothing } from '../edge/stats/sample-sums.ts';

describe('a share', () => {
  test.each([
    [0, '0.0 %'],
    [0.29, '29.0 %'],
    [0.8736, '87.3 %'],
    [0.9999, '99.9 %'],
    [1, '100.0 %'],
    [-0.041, '−4.1 %'],
    [-0.0001, '−0.1 %'],
    [-12.5, '−1250.0 %'],
  ])('of %d is %s', (share, text) => {
    expect(formatShare(share).replace('\u00a0', ' ')).toBe(text);
  });
});

test('a byte or two by which clients ask what is there is no cost that is shown; more is, and so is what delivered nothing', () => {
  const shown = (deliveredBytes: number, originBytes: number) => {
    const day = aDay('2026-11-21', deliveredBytes, originBytes);
    const span = { from: null, to: null, infoHash: null };
    const counted = {
      totals: { ...day, files: 0 },
      days: [day],
      files: [],
      speeds: [],
      price: null,
      isOriginSeen: true,
    };
    const { totals, days } = withoutTrifles(reckon(span, counted));
    expect(days[0]).toMatchObject({ savedBytes: totals.savedBytes, offload: totals.offload });
    return [totals.savedBytes, totals.offload];
  };
  expect(shown(6_380_517, 6_380_518)).toEqual([0, 0]);
  expect(shown(1_000_000, 1_000_500)).toEqual([-500, -0.0005]);
  expect(shown(0, 1)).toEqual([-1, null]);
  expect(shown(10, 4)).toEqual([6, 0.6]);
});

describe('money', () => {
  test.each([
    [0, 'EUR', '€0.00'],
    [1234.5, 'EUR', '€1,234.50'],
    [-3.2, 'USD', '−$3.20'],
    [0.0042, 'USD', '$0.004'],
    [1200, 'JPY', '¥1,200.00'],
    [5, 'XYZ', 'XYZ 5.00'],
  ])('of %d %s is %s', (amount, currency, text) => {
    expect(formatMoney(amount, currency).replace('\u00a0', ' ')).toBe(text);
  });
});

describe('the speeds', () => {
  const speeds = (
    mixed: number,
    control: number,
    ratio: number | null,
    verdict: 'too-few' | 'no-difference' | 'faster' | 'slower',
  ) =>
    speedSentence({
      mixed: { deliveries: mixed, medianBytesPerS: 1 },
      control: { deliveries: control, medianBytesPerS: 1 },
      ratio,
      verdict,
    });
  test.each([
    [speeds(412, 23, 1.31, 'faster'), 'With peers 1.3 times as fast as the origin alone, from 412 and 23 deliveries.'],
    [speeds(412, 23, 0.87, 'slower'), 'With peers 0.87 times as fast as the origin alone, from 412 and 23 deliveries.'],
    [speeds(412, 23, 1.02, 'no-difference'), 'As fast as the origin alone, as far as 412 and 23 deliveries can tell.'],
    [speeds(1, 0, null, 'too-few'), 'Too few to tell: 1 delivery with peers, 0 without.'],
  ])('are said in a sentence', (sentence, words) => {
    expect(sentence).toBe(words);
  });
});

test.each([
  ['nobody told', 0, 0, null],
  ['all', 4, 4, 1],
  ['half', 4, 2, 0.5],
  ['some had begun before', 4, 5, 1],
])('the part that was finished: %s', (_, started, completed, share) => {
  expect(completionShare(tally({ ...nothing, started, completed }, true))).toBe(share);
});

test.each([
  ['today', '2026-11-22'],
  ['week', '2026-11-16'],
  ['month', '2026-10-24'],
  ['all', null],
] as const)('the span %s begins on %s', (span, from) => {
  expect(daysOf(span, Date.UTC(2026, 10, 22, 23, 59))).toEqual({ from, to: null });
});

describe('the chart', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const days = (from: string | null, ...names: string[]) =>
    chartDays(
      reckon(
        { from, to: null, infoHash: null },
        {
          totals: { ...nothing, files: 0 },
          days: names.map((day) => aDay(day, 300, 100)),
          ...{ files: [], speeds: [], price: null, isOriginSeen: true },
        },
      ),
      now,
    );
  test('has days without anything too', () => {
    expect(days('2026-11-20', '2026-11-21')).toEqual([
      { day: '2026-11-20', peerBytes: 0, originBytes: 0, offload: null },
      { day: '2026-11-21', peerBytes: 200, originBytes: 100, offload: 2 / 3 },
      { day: '2026-11-22', peerBytes: 0, originBytes: 0, offload: null },
    ]);
  });
  test('begins with the first day of an open span, and has days that are ahead of this clock', () => {
    expect(days(null, '2026-11-20', '2026-11-23').map(({ day }) => day)).toEqual(
      ['20', '21', '22', '23'].map((date) => `2026-11-${date}`),
    );
    expect(days(null).map(({ day }) => day)).toEqual(['2026-11-22']);
  });
});
