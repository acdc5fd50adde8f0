import { LEAST_BYTES, UNPROVEN_BYTES_PER_S } from './spare-origin.ts';

/** What is here this long before the deadline is in time: it is hashed, written and flushed. */
const MARGIN_S = 0.6;
/** Of their rate, what origins are trusted to keep up until the deadline. */
const ORIGIN_CONFIDENCE = 0.85;
/** Requests go out this long, and a first byte, before they are needed. */
const AHEAD_S = 0.4;
/** What peers leave behind at the very end lies scattered: requests for that wait for their first bytes so often, on average. */
const STRAGGLER_ROUNDS = 1.5;
/** What has come of a first range says little about the rate before all of it is here. */
const PROBED_BYTES = 1_048_576;
/** Requests that follow each other until as much is shown, and how long one lasts besides its first byte. */
const RAMP_REQUESTS = 2;
const RAMP_REQUEST_S = 0.05;
/** Requests for short stretches overlap: of so many, each waits for its first byte while the others stream. */
const STRETCHES_AT_A_TIME = 3;
/** What peers show in their first seconds is less than what they will bring. */
const YOUNG_S = 3;
/** One peer may become this many times faster than it is; many together stay what they are. */
const HOPE = 2;
/** Until origins would need this part of the time that is left, everything may change. */
const NEAR_LINE = 0.7;
/** What will lack for certain is asked for in large parts. */
const MUCH_BYTES = 2_097_152;
/** And no more at a time than comes within this: the hope may grow. */
const SOON_S = 0.5;

export type LineView = {
  /** Until the deadline. */
  readonly inS: number;
  /** Since the download began. */
  readonly elapsedS: number;
  /** Everything that is not here, whoever brings it. */
  readonly missingBytes: number;
  readonly inFlightOriginBytes: number;
  /** In how many separate stretches lies what nobody brings. */
  readonly stretches: number;
  readonly peers: number;
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
 * what peers did not, without a guess how fast peers will be. A guess only says when nothing need be asked at all, and
 * when so much will be lacking in any case that it may as well come now.
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
  // Before much was shown, requests start small, each after the other.
  const rampS = shownBytes < PROBED_BYTES ? RAMP_REQUESTS * (originFirstByteS + RAMP_REQUEST_S) : 0;
  const aheadS = AHEAD_S + (1 + STRAGGLER_ROUNDS) * originFirstByteS + rampS;
  const share = Math.min(Math.max(1 - view.peersBringBytes(leftS) / Math.max(lackBytes, 1), 0), 1);
  const pausesS = (share * view.stretches * originFirstByteS) / STRETCHES_AT_A_TIME;
  const lineBytes = ORIGIN_CONFIDENCE * originBytesPerS * Math.max(leftS - aheadS - pausesS, 0);
  // Peers are trusted until the moment at which an origin could still stand in for them.
  const trustedS = Math.max(leftS - originFirstByteS, 0);
  const overBytes = lackBytes - view.peersBringBytes(Math.min(aheadS, trustedS)) - lineBytes;
  const wanted = Math.min(overBytes, lackBytes - view.peersBringBytes(trustedS));
  const isNear = view.elapsedS >= YOUNG_S && lackBytes > NEAR_LINE * originBytesPerS * leftS;
  const hope = 1 + HOPE / Math.sqrt(Math.max(view.peers, 1));
  const certain = isNear ? lackBytes - hope * view.peersBringBytes(leftS) : 0;
  const isMuch = certain >= MUCH_BYTES && certain > wanted;
  const asked = isMuch ? certain : wanted;
  if (asked <= 0) return 0;
  if (asked < LEAST_BYTES && leftS > 2 * aheadS) return 0;
  const soonBytes = Math.max(originBytesPerS * SOON_S - (isMuch ? inFlightOriginBytes : 0), 0);
  // A rate that a short range has shown may be far too low: no more is asked on its word than has come.
  return Math.min(asked, shownBytes < PROBED_BYTES ? Math.max(shownBytes, LEAST_BYTES) : soonBytes);
}
