import type { LimitSchedule, Settings } from './settings.ts';
import type { TransferLimits } from './transfer-limits.ts';

/** A moment by the user's own clock and calendar. */
export type LocalTime = {
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly minuteOfDay: number;
  /** `2026-08-20`: names a day of the user's calendar. */
  readonly date: string;
};

/** What limits depend on besides the settings. */
export type LimitFacts = {
  /** The browser says that the connection is metered, or asks to save data. */
  readonly isMetered: boolean;
  /** A page of the user's began to load a moment ago: downloads may take so many bytes a second meanwhile; null: none did. */
  readonly browsingBytesPerS: number | null;
  /** All transfers together have uploaded so much on this day. */
  readonly uploadedTodayBytes: number;
};

/** Why a limit holds, or why nothing passes at all. */
export type LimitReason =
  | 'all-paused'
  | 'metered'
  | 'daily-upload'
  | 'browsing'
  | 'schedule'
  | 'all-transfers'
  | 'transfer';

/** A limit and what it comes from; 0 bytes a second: nothing passes. */
export type OneLimit = { readonly bytesPerS: number; readonly because: LimitReason };

/** What may pass now; null: as much as there is. */
export type LimitInForce = { readonly down: OneLimit | null; readonly up: OneLimit | null };

type LimitSettings = Pick<
  Settings,
  'downBytesPerS' | 'upBytesPerS' | 'schedule' | 'goals' | 'isAllPaused' | 'pauseOnMetered' | 'quietWhileBrowsing'
>;

/**
 * Which limits hold now, and why: of several the lowest. Within its hours the schedule's limits stand in for those of all
 * times, also where it has none. Pure.
 * @param limits Those of one transfer, which hold besides; null for what holds for all together.
 */
export function limitInForce(
  settings: LimitSettings,
  limits: TransferLimits | null,
  now: LocalTime,
  facts: LimitFacts,
): LimitInForce {
  const halt = haltOf(settings, facts);
  if (halt !== null) return { down: halt, up: halt };
  const isScheduled = isWithin(settings.schedule, now);
  const because = isScheduled ? 'schedule' : 'all-transfers';
  const { downBytesPerS, upBytesPerS } = isScheduled ? settings.schedule : settings;
  const { dailyUploadBytes } = settings.goals;
  const isSpent = dailyUploadBytes !== null && facts.uploadedTodayBytes >= dailyUploadBytes;
  const browsing = settings.quietWhileBrowsing ? facts.browsingBytesPerS : null;
  return {
    down: lowest([
      limitOf(downBytesPerS, because),
      limitOf(limits?.downBytesPerS ?? null, 'transfer'),
      limitOf(browsing, 'browsing'),
    ]),
    up: lowest([
      limitOf(isSpent ? 0 : null, 'daily-upload'),
      limitOf(upBytesPerS, because),
      limitOf(limits?.upBytesPerS ?? null, 'transfer'),
    ]),
  };
}

/** Why nothing at all is to run; null when it may. */
export function haltOf(
  { isAllPaused, pauseOnMetered }: Pick<Settings, 'isAllPaused' | 'pauseOnMetered'>,
  { isMetered }: Pick<LimitFacts, 'isMetered'>,
): OneLimit | null {
  if (isAllPaused) return { bytesPerS: 0, because: 'all-paused' };
  return pauseOnMetered && isMetered ? { bytesPerS: 0, because: 'metered' } : null;
}

/** Whether a schedule's hours are now. Hours over midnight belong to the day on which they begin. */
export function isWithin({ isOn, days, fromMinute, toMinute }: LimitSchedule, now: LocalTime): boolean {
  if (!isOn) return false;
  const { weekday, minuteOfDay } = now;
  const isToday = days.includes(weekday);
  if (fromMinute < toMinute) return isToday && minuteOfDay >= fromMinute && minuteOfDay < toMinute;
  const wasYesterday = days.includes((weekday + 6) % 7);
  return (isToday && minuteOfDay >= fromMinute) || (wasYesterday && minuteOfDay < toMinute);
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Clocks are put forward or back by an hour at most, and half an hour in places. */
const CLOCK_CHANGE_MINUTES = 90;

/**
 * When the schedule begins or ends next, in milliseconds since 1970; null when it never does. The clock may be put
 * forward or back until then. Pure: `localTimeAt` tells the user's time at any moment.
 */
export function nextScheduleChange(
  schedule: LimitSchedule,
  nowMs: number,
  localTimeAt: (ms: number) => LocalTime,
): number | null {
  if (!schedule.isOn || schedule.days.length === 0) return null;
  const isNow = isWithin(schedule, localTimeAt(nowMs));
  const thisMinuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const isOther = (ms: number) => isWithin(schedule, localTimeAt(ms)) !== isNow;
  // Nothing changes but at these two minutes of a day; only near a change of the clock they come at other times.
  const { minuteOfDay } = localTimeAt(nowMs);
  const untilMinutes = [schedule.fromMinute, schedule.toMinute]
    .map((minute) => (minute - minuteOfDay + DAY_MINUTES) % DAY_MINUTES)
    .sort((a, b) => a - b);
  for (let day = 0; day <= 8; day++) {
    for (const until of untilMinutes) {
      const about = day * DAY_MINUTES + until;
      for (let minute = Math.max(about - CLOCK_CHANGE_MINUTES, 1); minute <= about + CLOCK_CHANGE_MINUTES; minute++) {
        const ms = thisMinuteMs + minute * MINUTE_MS;
        if (isOther(ms)) return ms;
      }
    }
  }
  return null;
}

const limitOf = (bytesPerS: number | null, because: LimitReason): OneLimit | null =>
  bytesPerS === null ? null : { bytesPerS, because };

function lowest(limits: readonly (OneLimit | null)[]): OneLimit | null {
  let least: OneLimit | null = null;
  for (const limit of limits)
    if (limit !== null && (least === null || limit.bytesPerS < least.bytesPerS)) least = limit;
  return least;
}
