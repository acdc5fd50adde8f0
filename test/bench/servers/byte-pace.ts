/** What an idle line may make up for later: as long as a timer may come late. A longer rest is lost. */
const SAVED_UP_MS = 20;

/**
 * The pace of one line that many connections share, first come, first served. Each booking of `bytes` at `nowMs` gives
 * back the milliseconds after which they may go; times are of one steady clock and never go back.
 */
export function newBytePace(rateBytesPerS: number): (bytes: number, nowMs: number) => number {
  let freeAtMs = Number.NEGATIVE_INFINITY;
  return (bytes, nowMs) => {
    freeAtMs = Math.max(freeAtMs, nowMs - SAVED_UP_MS) + (bytes / rateBytesPerS) * 1_000;
    return Math.max(0, freeAtMs - nowMs);
  };
}
