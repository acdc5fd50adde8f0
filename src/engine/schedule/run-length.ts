const MIB = 1_048_576;
/** Shorter ranges are not worth a request, however slow the origin is. */
export const MIN_RUN_BYTES = MIB / 4;
/** Nor are those that take less than half a second of a slow one. */
const MIN_SLOW_RUN_BYTES = MIB;
const MIN_SLOW_RUN_S = 0.5;
/** Nor are ranges that last less than this: near the end of a fast transfer requests would cost more than they balance. */
const MIN_RUN_S = 0.15;
const MAX_UNPROVEN_RUN_BYTES = 16 * MIB;
const MAX_RUN_S = 15;

/** Others may become so much faster while a run lasts. */
const FASTER = 2;

/** A host that answers one request at a time may come to answer more. */
const LEAST_RUNS = 2;

/** What the length of the next run of an origin depends on. */
export type RunShare = {
  /** What nobody fetches yet. */
  readonly freeBytes: number;
  /** The origin's part of the summed rate of all sources: 0 to 1. */
  readonly ofRate: number;
  /** Requests that it answers at a time. */
  readonly runs: number;
  /** Of all its runs; null before it has shown any. */
  readonly rateBytesPerS: number | null;
  readonly firstByteS: number;
};

/**
 * How many bytes the next run of an origin should have: what it would bring of the rest if all others were twice as fast
 * as they are, so that runs get shorter towards the end and all sources finish together (guided self-scheduling); of an
 * origin that is alone, everything, once it has shown that it answers. No run is over before the first byte of the next
 * one is here.
 */
export function runLengthBytes({ freeBytes, ofRate, runs, rateBytesPerS, firstByteS }: RunShare): number {
  const reliedOn = rateBytesPerS === null ? ofRate / 2 : ofRate / (ofRate + FASTER * (1 - ofRate));
  const guided = (freeBytes * reliedOn) / (rateBytesPerS === null ? runs : Math.max(runs, LEAST_RUNS));
  const rate = (rateBytesPerS ?? MIB * runs) / runs;
  const longest = rateBytesPerS === null ? MAX_UNPROVEN_RUN_BYTES : Math.max(rate * MAX_RUN_S, 4 * MIB);
  const shortest = Math.max(
    rate * (MIN_RUN_S + firstByteS),
    Math.min(rate * MIN_SLOW_RUN_S, MIN_SLOW_RUN_BYTES),
    MIN_RUN_BYTES,
  );
  return Math.max(Math.min(guided, longest), shortest);
}
