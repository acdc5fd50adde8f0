/** What is here this long before the deadline is in time: it is hashed, written and flushed. */
const MARGIN_S = 0.25;
/** Of their rate, what origins are trusted to keep up until the deadline. */
const ORIGIN_CONFIDENCE = 0.85;
/** Requests go out this long, and a first byte, before they are needed. */
const AHEAD_S = 0.4;
/** An origin is not asked for less than this at a time while there is time to wait for more. */
const LEAST_BYTES = 262_144;
/** An origin that has shown nothing is taken for a slow one, and asked in time for one range that shows its rate. */
const UNPROVEN_BYTES_PER_S = 131_072;
/** What has come of a first range says little about the rate before all of it is here. */
const PROBED_BYTES = 1_048_576;

export type LineView = {
  /** Until the deadline. */
  readonly inS: number;
  /** Everything that is not here, whoever brings it. */
  readonly missingBytes: number;
  readonly inFlightOriginBytes: number;
  /** What peers are expected to bring within so many seconds of what is missing. */
  readonly peersBringBytes: (withinS: number) => number;
  /** Over all usable origins; null before any has shown its rate. */
  readonly originBytesPerS: number | null;
  /** What origins have brought so far. */
  readonly shownBytes: number;
  readonly originFirstByteS: number;
};

/** When all must be here so that it is ready at the deadline, in seconds from now. */
export const usableS = (inS: number): number => inS - MARGIN_S;

/**
 * Bytes that may be asked of origins now so that everything is there at a deadline.
 *
 * The line is what origins alone could still bring in time. As long as less is missing, nothing is lost by waiting,
 * whatever becomes of the peers; where more would soon be missing, origins are asked for the difference, and so bring
 * what peers did not, without a guess how fast peers will be. A guess only says when nothing need be asked at all.
 * Pure; takes the deadline to be a download's only one.
 */
export function bytesOverLine(view: LineView): number {
  const { missingBytes, inFlightOriginBytes, originBytesPerS, shownBytes, originFirstByteS } = view;
  const leftS = Math.max(usableS(view.inS), 0);
  const lackBytes = missingBytes - inFlightOriginBytes;
  if (shownBytes < PROBED_BYTES && inFlightOriginBytes > 0) return 0;
  if (originBytesPerS === null) {
    const isDue = missingBytes > UNPROVEN_BYTES_PER_S * Math.max(leftS - originFirstByteS, 0);
    return isDue ? Math.min(LEAST_BYTES, lackBytes) : 0;
  }
  const aheadS = AHEAD_S + originFirstByteS;
  const lineBytes = ORIGIN_CONFIDENCE * originBytesPerS * Math.max(leftS - aheadS, 0);
  const overBytes = lackBytes - view.peersBringBytes(Math.min(aheadS, leftS)) - lineBytes;
  const wanted = Math.min(overBytes, lackBytes - view.peersBringBytes(leftS));
  if (wanted <= 0) return 0;
  if (wanted < LEAST_BYTES && leftS > 2 * aheadS) return 0;
  // A rate that a short range has shown may be far too low: no more is asked on its word than has come.
  return Math.min(wanted, Math.max(shownBytes, LEAST_BYTES));
}
