import type { PlayerState } from '../model/player-view.ts';
import { bufferedAheadS, isWhole, storedAheadS } from './ahead.ts';
import { ByteCurve } from './byte-curve.ts';
import { type Reserve, reservePart, reserveS } from './start-rule.ts';

/** What a film takes a second is told for so long ahead: no one second is what it is about. */
const PACE_S = 15;
/** So much will do for a film of which nothing is known. */
const UNKNOWN_S = 3;

export type Playing = {
  readonly media: HTMLMediaElement;
  readonly state: PlayerState;
  /** Null before it is known: then all seconds are alike. */
  readonly curve: ByteCurve | null;
  /** It plays an address of the extension. */
  readonly isStream: boolean;
};

/** Seconds that are ready beyond the playhead. */
export function aheadS({ media, state, curve, isStream }: Playing): number {
  if (!isStream) return bufferedAheadS(media);
  return storedAheadS(media, { ...state, curve, pieces: state.told?.pieces ?? [[0, 1]] });
}

/** What a film takes a second about now; null before that is known. */
export function bytesPerS({ media, state, curve }: Playing): number | null {
  if (state.durationS === null) return null;
  const evenly = state.lengthBytes / state.durationS;
  return curve === null ? evenly : Math.max(curve.bytesPerS(media.currentTime, PACE_S), evenly / 2);
}

/** How much of what must be there before playing begins is there; see `reservePart` of the start rule. */
export function partInReserve(playing: Playing, standstills: number): number {
  const reserve = reserveOf(playing, standstills);
  return reserve === null ? Math.min(aheadS(playing) / UNKNOWN_S, 1) : reservePart(reserve);
}

/** How many seconds must be there before it plays, at the speed at which it will; the engine brings those first. */
export function wantedS(playing: Playing, standstills: number): number {
  const reserve = reserveOf(playing, standstills);
  return reserve === null ? UNKNOWN_S : reserveS(reserve) / reserve.playbackRate;
}

/** Null while the length of the film is not known. */
function reserveOf(playing: Playing, standstills: number): Reserve | null {
  const { media, state } = playing;
  const { told, durationS, lengthBytes, pieceLengthBytes } = state;
  if (durationS === null) return null;
  return {
    curve: playing.curve ?? new ByteCurve([], durationS, lengthBytes),
    playedS: media.currentTime,
    readyS: media.currentTime + aheadS(playing),
    playbackRate: media.playbackRate,
    sourceBytesPerS: told?.atHandBytesPerS ?? 0,
    pieceLengthBytes,
    isWhole: told !== null && isWhole(told.pieces),
    standstills,
  };
}
