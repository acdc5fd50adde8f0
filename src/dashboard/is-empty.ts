import type { Statistics } from '../model/statistics.ts';

/** Whether nothing was counted in these days: no download, no byte, no claim. */
export function isEmpty({ files, totals }: Statistics): boolean {
  if (files.length > 0) return false;
  return totals.completions + totals.started + totals.originBytes + totals.claims.completed === 0;
}
