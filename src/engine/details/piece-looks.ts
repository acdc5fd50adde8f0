import { PIECE_LOOKS, type PieceLook, type PieceRuns } from '../../model/player.ts';
import { PieceState } from '../schedule/piece-map.ts';
import { bytesOfMark, MISSING, WAS_HERE } from '../store/journal.ts';
import type { PieceRange } from '../torrent/file-ranges.ts';
import { Wanted } from '../transfer/file-choice.ts';

const look = (name: PieceLook): number => PIECE_LOOKS.indexOf(name);
const MISSING_LOOK = look('missing');
const ASKED_LOOK = look('asked');
const BAD_LOOK = look('bad');

/** Any length does: only the shares count. */
const TRIAL_BYTES = 1_000_000;

/** The look of each mark of the journal. */
const LOOK_OF_MARK = Uint8Array.from({ length: 256 }, (_, mark) => {
  if (mark === MISSING) return MISSING_LOOK;
  if (mark === WAS_HERE) return look('here');
  const { peerBytes, originBytes } = bytesOfMark(mark, TRIAL_BYTES);
  return look(originBytes === 0 ? 'peer' : peerBytes === 0 ? 'origin' : 'mixed');
});

export type PieceStand = {
  /** One mark a piece (journal.ts). */
  readonly marks: Uint8Array;
  /** One `PieceState` a piece of a running download; null when there is none. */
  readonly states: Uint8Array | null;
  /** When each piece is wanted (file-choice.ts); all now when it is null. */
  readonly wanted: Uint8Array | null;
  /** Pieces that have failed their hash, and have not come anew since. */
  readonly suspect: ReadonlySet<number>;
};

/**
 * How each piece looks, as runs of equal looks. Pure; takes time in proportion to the number of pieces.
 * @param range Those of one file; all of them when left out.
 */
export function pieceRuns({ marks, states, wanted, suspect }: PieceStand, range?: PieceRange): PieceRuns {
  const { firstPiece, endPiece } = range ?? { firstPiece: 0, endPiece: marks.length };
  const runs: [number, number][] = [];
  let current = -1;
  let from: number = firstPiece;
  for (let piece: number = firstPiece; piece < endPiece; piece++) {
    let now = LOOK_OF_MARK[marks[piece] as number] as number;
    if (now === MISSING_LOOK && states !== null) {
      if (suspect.size > 0 && suspect.has(piece)) now = BAD_LOOK;
      else if (isAsked(states[piece], wanted?.[piece])) now = ASKED_LOOK;
    }
    if (now === current) continue;
    if (current !== -1) runs.push([current, piece - from]);
    current = now;
    from = piece;
  }
  if (current !== -1) runs.push([current, endPiece - from]);
  return runs;
}

/** What is held and not marked is being verified, if it is wanted now; else it is only kept from the sources. */
const isAsked = (state = PieceState.free as number, wanted: number = Wanted.now): boolean =>
  state === PieceState.held ? wanted === Wanted.now : state !== PieceState.free;

/** The smallest number of connected peers that have a piece which is wanted and not here; null when there is none. */
export function rarestCopies(states: Uint8Array, holders: Uint16Array): number | null {
  let least = Number.POSITIVE_INFINITY;
  for (let piece = 0; piece < states.length; piece++) {
    if (states[piece] !== PieceState.held) least = Math.min(least, holders[piece] as number);
  }
  return least === Number.POSITIVE_INFINITY ? null : least;
}
