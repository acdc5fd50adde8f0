import type { LocalTime } from '../../model/limit-in-force.ts';

/** The user's own clock and calendar at a moment (milliseconds since 1970). */
export function localTimeAt(ms: number): LocalTime {
  const at = new Date(ms);
  const two = (part: number) => String(part).padStart(2, '0');
  return {
    weekday: at.getDay(),
    minuteOfDay: at.getHours() * 60 + at.getMinutes(),
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
  };
}
