import type { Statistics, Tally } from '../model/statistics.ts';

/** A twentieth of a percent of what was delivered. */
const TRIFLE = 1 / 2000;

/**
 * The numbers as they are shown: costs that are trifles count as nothing. Visitors ask a server for a byte or two before they
 * begin, and a page that takes the very first download for a loss by one byte would be right, and of no use. Pure.
 */
export function withoutTrifles(statistics: Statistics): Statistics {
  const { totals, days, files } = statistics;
  return { ...statistics, totals: shown(totals), days: days.map(shown), files: files.map(shown) };
}

function shown<T extends Tally>(tally: T): T {
  const { savedBytes, deliveredBytes } = tally;
  const isTrifle = savedBytes !== null && savedBytes < 0 && -savedBytes < deliveredBytes * TRIFLE;
  return isTrifle ? { ...tally, savedBytes: 0, offload: 0 } : tally;
}
