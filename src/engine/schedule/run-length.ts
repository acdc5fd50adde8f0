const MIB = 1_048_576;
/** Shorter ranges are not worth a request, however slow the origin is. */
export const MIN_RUN_BYTES = MIB / 4;
/** Nor are those that take less than half a second of a slow one. */
const MIN_SLOW_RUN_BYTES = MIB;
const MIN_SLOW_RUN_S = 0.5;
/** Nor are ranges that last less than this: near the end of a fast transfer requests would cost more than they balance. */
const MIN_RUN_S = 0.15;
const MAX_UNPROVEN_RUN_BYTES = 16 * MIB;
const MAX_RUN_S = 4;

/**
 * How many bytes the next run of an origin should have: half of its share of what nobody fetches yet, so that runs get
 * shorter towards the end and all sources finish together (guided self-scheduling).
 * @param shareOfRate Its part of the summed rate of all sources, for one of its runs: 0 to 1.
 */
export function runLengthBytes(freeBytes: number, shareOfRate: number, runRateBytesPerS: number | null): number {
  const guided = 0.5 * freeBytes * shareOfRate;
  const longest = runRateBytesPerS === null ? MAX_UNPROVEN_RUN_BYTES : Math.max(runRateBytesPerS * MAX_RUN_S, 4 * MIB);
  const rate = runRateBytesPerS ?? MIB;
  const shortest = Math.max(rate * MIN_RUN_S, Math.min(rate * MIN_SLOW_RUN_S, MIN_SLOW_RUN_BYTES), MIN_RUN_BYTES);
  return Math.max(Math.min(guided, longest), shortest);
}
