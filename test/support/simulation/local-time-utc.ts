import type { LocalTime } from '../../../src/model/limit-in-force.ts';

/** The calendar of somebody who lives by universal time. */
export function localTimeUtc(ms: number): LocalTime {
  const date = new Date(ms);
  return {
    weekday: date.getUTCDay(),
    minuteOfDay: date.getUTCHours() * 60 + date.getUTCMinutes(),
    date: date.toISOString().slice(0, 10),
  };
}
