import { describe, expect, test } from 'vitest';
import {
  isWithin,
  type LimitFacts,
  type LocalTime,
  limitInForce,
  nextScheduleChange,
} from '../../src/model/limit-in-force.ts';
import { DEFAULT_SETTINGS, type LimitSchedule, type Settings } from '../../src/model/settings.ts';
import { NO_LIMITS } from '../../src/model/transfer-limits.ts';

const [SUNDAY, MONDAY, FRIDAY, SATURDAY] = [0, 1, 5, 6] as const;
const at = (weekday: number, time: string): LocalTime => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { weekday, minuteOfDay: hours * 60 + minutes, date: '2026-08-20' };
};
const minutes = (time: string) => at(0, time).minuteOfDay;
const schedule = (from: string, to: string, days: readonly number[], more: Partial<LimitSchedule> = {}) => ({
  ...DEFAULT_SETTINGS.schedule,
  isOn: true,
  days,
  fromMinute: minutes(from),
  toMinute: minutes(to),
  ...more,
});

describe('the hours of a schedule', () => {
  const work = schedule('9:00', '18:00', [1, 2, 3, 4, 5]);
  const night = schedule('22:00', '6:00', [FRIDAY, SATURDAY]);
  const wholeDay = schedule('8:00', '8:00', [MONDAY]);
  test.each<[string, LimitSchedule, LocalTime, boolean]>([
    ['before they begin', work, at(MONDAY, '8:59'), false],
    ['with their first minute', work, at(MONDAY, '9:00'), true],
    ['in their last minute', work, at(MONDAY, '17:59'), true],
    ['when they end', work, at(MONDAY, '18:00'), false],
    ['on another day', work, at(SATURDAY, '12:00'), false],
    ['before midnight', night, at(FRIDAY, '23:00'), true],
    ['after midnight, which belongs to the day before', night, at(SATURDAY, '5:59'), true],
    ['after midnight of the last day', night, at(SUNDAY, '5:59'), true],
    ['when that night ends', night, at(SUNDAY, '6:00'), false],
    ['after midnight of a day that has none', night, at(FRIDAY, '1:00'), false],
    ['on an evening that has none', night, at(SUNDAY, '23:00'), false],
    ['a day that ends when it begins is whole', wholeDay, at(MONDAY, '23:00'), true],
    ['to the same minute of the next day', wholeDay, at(2, '7:59'), true],
    ['and no longer', wholeDay, at(2, '8:00'), false],
    ['never when it is off', { ...work, isOn: false }, at(MONDAY, '12:00'), false],
    ['never without a day', { ...work, days: [] }, at(MONDAY, '12:00'), false],
  ])('%s', (_name, hours, now, expected) => {
    expect(isWithin(hours, now)).toBe(expected);
  });
});

describe('the limit in force', () => {
  const noon = at(MONDAY, '12:00');
  const none: LimitFacts = { isMetered: false, browsingBytesPerS: null, uploadedTodayBytes: 0 };
  const hours = schedule('9:00', '18:00', [MONDAY], { downBytesPerS: 500, upBytesPerS: 50 });
  const limited = { downBytesPerS: 1_000, upBytesPerS: 100 };
  const budget = { ratio: null, hours: null, dailyUploadBytes: 10 };
  test.each<[string, Partial<Settings>, Partial<LimitFacts>, string, string]>([
    ['none', {}, {}, 'none', 'none'],
    ['that of all', limited, {}, '1000 all-transfers', '100 all-transfers'],
    ['that of the hours', { ...limited, schedule: hours }, {}, '500 schedule', '50 schedule'],
    [
      'of the hours also where that is more',
      { downBytesPerS: 100, schedule: hours },
      {},
      '500 schedule',
      '50 schedule',
    ],
    [
      'none within hours that have none',
      { ...limited, schedule: { ...hours, downBytesPerS: null, upBytesPerS: null } },
      {},
      'none',
      'none',
    ],
    ['of a page that loads', { quietWhileBrowsing: true }, { browsingBytesPerS: 70 }, '70 browsing', 'none'],
    ['not of a page that nobody asked about', {}, { browsingBytesPerS: 70 }, 'none', 'none'],
    [
      'the lower of two',
      { ...limited, quietWhileBrowsing: true },
      { browsingBytesPerS: 7_000 },
      '1000 all-transfers',
      '100 all-transfers',
    ],
    ['no upload when the day is spent', { goals: budget }, { uploadedTodayBytes: 10 }, 'none', '0 daily-upload'],
    ['upload while it is not', { goals: budget }, { uploadedTodayBytes: 9 }, 'none', 'none'],
    ['nothing on a metered connection', { pauseOnMetered: true }, { isMetered: true }, '0 metered', '0 metered'],
    ['as always on one that may be used', {}, { isMetered: true }, 'none', 'none'],
    ['nothing when all is paused', { ...limited, isAllPaused: true }, {}, '0 all-paused', '0 all-paused'],
  ])('is %s', (_name, settings, facts, down, up) => {
    const found = limitInForce({ ...DEFAULT_SETTINGS, ...settings }, null, noon, { ...none, ...facts });
    const say = (limit: typeof found.down) => (limit === null ? 'none' : `${limit.bytesPerS} ${limit.because}`);
    expect([say(found.down), say(found.up)]).toEqual([down, up]);
  });

  test('of one transfer is its own when that is lower', () => {
    const own = { ...NO_LIMITS, downBytesPerS: 300, upBytesPerS: 3_000 };
    expect(limitInForce({ ...DEFAULT_SETTINGS, ...limited }, own, noon, none)).toEqual({
      down: { bytesPerS: 300, because: 'transfer' },
      up: { bytesPerS: 100, because: 'all-transfers' },
    });
  });
});

describe('the next change of a schedule', () => {
  /** A place whose clocks are at this distance from universal time. */
  const placeAt =
    (offsetMinutes: (ms: number) => number) =>
    (ms: number): LocalTime => {
      const local = new Date(ms + offsetMinutes(ms) * 60_000);
      const minuteOfDay = local.getUTCHours() * 60 + local.getUTCMinutes();
      return { weekday: local.getUTCDay(), minuteOfDay, date: local.toISOString().slice(0, 10) };
    };
  const berlin = (ms: number) => (ms >= Date.UTC(2026, 2, 29, 1) && ms < Date.UTC(2026, 9, 25, 1) ? 120 : 60); // EU rules of 2026
  const every = [0, 1, 2, 3, 4, 5, 6];
  test.each<[string, LimitSchedule, number, (ms: number) => number, number | null]>([
    [
      'it begins later today',
      schedule('9:00', '18:00', every),
      Date.UTC(2026, 7, 20, 6),
      () => 0,
      Date.UTC(2026, 7, 20, 9),
    ],
    ['it ends', schedule('9:00', '18:00', every), Date.UTC(2026, 7, 20, 9), () => 0, Date.UTC(2026, 7, 20, 18)],
    [
      'over midnight',
      schedule('22:00', '6:00', every),
      Date.UTC(2026, 7, 20, 23, 30),
      () => 0,
      Date.UTC(2026, 7, 21, 6),
    ],
    [
      'after the weekend',
      schedule('9:00', '18:00', [1, 2, 3, 4, 5]),
      Date.UTC(2026, 7, 21, 18),
      () => 0,
      Date.UTC(2026, 7, 24, 9),
    ],
    [
      'within this minute',
      schedule('9:00', '18:00', every),
      Date.UTC(2026, 7, 20, 8, 59, 59),
      () => 0,
      Date.UTC(2026, 7, 20, 9),
    ],
    ['never when it is off', { ...schedule('9:00', '18:00', every), isOn: false }, 0, () => 0, null],
    ['never when it has no day', schedule('9:00', '18:00', []), 0, () => 0, null],
    ['never when it is always', schedule('9:00', '9:00', every), 0, () => 0, null],
    [
      'in a night whose clocks are put forward',
      schedule('23:00', '6:00', every),
      Date.UTC(2026, 2, 28, 23),
      berlin,
      Date.UTC(2026, 2, 29, 4),
    ],
    [
      'when it begins in the hour that is left out',
      schedule('2:30', '6:00', every),
      Date.UTC(2026, 2, 29, 0),
      berlin,
      Date.UTC(2026, 2, 29, 1),
    ],
    [
      'in a night whose clocks are put back',
      schedule('23:00', '6:00', every),
      Date.UTC(2026, 9, 24, 22),
      berlin,
      Date.UTC(2026, 9, 25, 5),
    ],
  ])('%s', (_name, hours, nowMs, offset, expected) => {
    expect(nextScheduleChange(hours, nowMs, placeAt(offset))).toBe(expected);
  });
});
