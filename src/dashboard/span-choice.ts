/** Both days included, in UTC; null where there is no end. */
export type Days = { readonly from: string | null; readonly to: string | null };
export type SpanChoice = (typeof SPANS)[number]['name'];

export const SPANS = [
  { name: 'today', label: 'Today', days: 1 },
  { name: 'week', label: '7 days', days: 7 },
  { name: 'month', label: '30 days', days: 30 },
  { name: 'all', label: 'All', days: null },
] as const;

const DAY_MS = 86_400_000;

/** The days of a choice, the last of which is today. `to` stays open, so that a clock that is ahead loses nothing. */
export function daysOf(choice: SpanChoice, nowMs: number): Days {
  const count = SPANS.find(({ name }) => name === choice)?.days ?? null;
  return { from: count === null ? null : dayAt(nowMs - (count - 1) * DAY_MS), to: null };
}

/** `2026-11-22`, in UTC. */
export const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** All days from the first to the last. */
export function eachDay(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) days.push(dayAt(at));
  return days;
}
