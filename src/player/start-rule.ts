import type { ByteCurve } from './byte-curve.ts';

/** Sources are trusted to go on as they do with this margin, and less after each standstill. */
const TRUSTED = 0.87;
const TRUSTED_AFTER_STANDSTILL = 0.85;
/** From the arrival of a piece's last byte until it can be played: it is hashed, written, read and decoded. */
const READY_S = 0.5;
/** Looked ahead so far: what comes later can be waited for when it comes. */
const LOOKED_AHEAD_S = 60;
const STEP_S = 0.5;
const TINY_S = 0.01;
/** Never begun with less, so that the first moments run. */
const LEAST_S = 0.4;
/** Sources that are slower than the film will not do however long one waits: then so much is enough. */
const ENOUGH_WHEN_SLOW_S = 3;
const MOST_S = 24;

export type Reserve = {
  readonly curve: ByteCurve;
  /** Where the playhead is, and up to where all can be played. */
  readonly playedS: number;
  readonly readyS: number;
  readonly playbackRate: number;
  /** Of all sources now. */
  readonly sourceBytesPerS: number;
  readonly pieceLengthBytes: number;
  readonly isWhole: boolean;
  /** How often it has stood still since it began. */
  readonly standstills: number;
};

/** Seconds of film that must be there for playing to begin, or to go on after a standstill; see `reservePart`. Pure. */
export function reserveS(reserve: Reserve): number {
  const { curve, playedS, readyS, playbackRate, isWhole, standstills } = reserve;
  const leastS = Math.min(LEAST_S * 2 ** standstills, MOST_S) * playbackRate;
  if (isWhole) return LEAST_S;
  const bytesPerS = Math.max(reserve.sourceBytesPerS * TRUSTED * TRUSTED_AFTER_STANDSTILL ** standstills, 1);
  const takesPerS = curve.bytesPerS(playedS, Number.POSITIVE_INFINITY) * playbackRate;
  const mostS = reserve.sourceBytesPerS < takesPerS ? Math.min(ENOUGH_WHEN_SLOW_S * 2 ** standstills, MOST_S) : MOST_S;
  return Math.min(Math.max(readyS - playedS + lackingS(reserve, bytesPerS), leastS), mostS * playbackRate);
}

/**
 * How much of what must be there for playing to begin, or to go on after a standstill, is there: 1 when what the film
 * takes up to any moment will have come before, at the rate at which bytes come now. Bytes count when their piece is
 * whole. Pure.
 */
export function reservePart(reserve: Reserve): number {
  const { curve, playedS, readyS } = reserve;
  if (readyS >= curve.durationS - 0.1) return 1;
  const neededS = reserveS(reserve);
  return readyS - playedS >= neededS - TINY_S ? 1 : (readyS - playedS) / neededS;
}

/** Seconds of film that must come yet before playing is safe. */
function lackingS(reserve: Reserve, bytesPerS: number): number {
  const { curve, playedS, readyS, playbackRate, pieceLengthBytes } = reserve;
  const nextPieceS = READY_S + pieceLengthBytes / bytesPerS;
  const readyByte = curve.byteAt(readyS);
  const endS = Math.min(playedS + LOOKED_AHEAD_S, curve.durationS);
  let lackingBytes = 0;
  for (let atS = readyS + STEP_S; atS < endS; atS += STEP_S) {
    const comeBytes = Math.max(((atS - playedS) / playbackRate - nextPieceS) * bytesPerS, 0);
    lackingBytes = Math.max(lackingBytes, curve.byteAt(atS) - readyByte - comeBytes - pieceLengthBytes);
  }
  const lacksS = curve.timeAt(readyByte + lackingBytes) - readyS;
  return Math.max(lacksS, nextPieceS * playbackRate - (readyS - playedS), 0);
}
