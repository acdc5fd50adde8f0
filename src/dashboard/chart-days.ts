import type { Statistics } from '../model/statistics.ts';
import { dayAt, eachDay } from './span-choice.ts';

export type ChartDay = {
  readonly day: string;
  readonly peerBytes: number;
  readonly originBytes: number;
  readonly offload: number | null;
};

/** All days of the span to today, also those on which nothing happened; of an open span from its first day on. */
export function chartDays({ from, to, days }: Statistics, nowMs: number): ChartDay[] {
  const known = new Map(days.map((tally) => [tally.day, tally]));
  const names = days.map(({ day }) => day);
  const first = from ?? names[0] ?? dayAt(nowMs);
  const last = [to ?? dayAt(nowMs), ...names].reduce((a, b) => (a > b ? a : b));
  return eachDay(first, last).map((day) => {
    const tally = known.get(day);
    const peerBytes = Math.max(0, tally?.savedBytes ?? 0);
    return { day, peerBytes, originBytes: tally?.originBytes ?? 0, offload: tally?.offload ?? null };
  });
}
