import { numberTag } from '../../words/spoken.ts';

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const MINUTES_OF_AN_HOUR = 60;

type WithWeekInfo = Intl.Locale & {
  readonly getWeekInfo?: () => { readonly firstDay: number };
  readonly weekInfo?: { readonly firstDay: number };
};

/** The days of the week, 0 is Sunday, from that on with which weeks begin where the language is spoken. */
export function weekFrom(): readonly number[] {
  const locale: WithWeekInfo = new Intl.Locale(numberTag());
  const first = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1; // where the browser does not know: Monday
  return DAYS.map((day) => (day + first) % DAYS.length);
}

/** A minute of the day as time fields write it: `09:30`. */
export function writeTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / MINUTES_OF_AN_HOUR))}:${two(minute % MINUTES_OF_AN_HOUR)}`;
}

/** Reads it back; null while the field is not filled in. */
export function readTime(text: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const minute = Number(hours) * MINUTES_OF_AN_HOUR + Number(minutes);
  return Number(hours) < 24 && Number(minutes) < MINUTES_OF_AN_HOUR ? minute : null;
}
