import type { PieceIndex } from '../../model/ids.ts';
import { PIECE_LOOKS, type PieceLook, type PieceRuns } from '../../model/player.ts';
import { BlockState, type PieceMap, PieceState } from '../schedule/piece-map.ts';
import { bytesOfMark, MISSING, WAS_HERE } from '../store/journal.ts';
import type { PieceRange } from '../torrent/file-ranges.ts';

/** What is known of pieces: `marks` of the store's journal, and while they are fetched the board of the download. */
export type KnownPieces = {
  readonly marks: Uint8Array;
  readonly board: { readonly map: PieceMap; readonly suspect: ReadonlySet<PieceIndex> } | null;
};

/** How pieces look to a user, run by run: who brought them, or that somebody was asked for them. Pure. */
export function pieceRuns(known: KnownPieces, { firstPiece, endPiece }: PieceRange): PieceRuns {
  const runs: [number, number][] = [];
  for (let piece = firstPiece as number; piece < endPiece; piece++) {
    const look = PIECE_LOOKS.indexOf(lookOf(known, piece as PieceIndex));
    const last = runs.at(-1);
    if (last?.[0] === look) last[1] += 1;
    else runs.push([look, 1]);
  }
  return runs;
}

function lookOf({ marks, board }: KnownPieces, piece: PieceIndex): PieceLook {
  const mark = marks[piece] ?? MISSING;
  if (mark !== MISSING) return lookOfMark(mark);
  if (board === null) return 'missing';
  if (board.suspect.has(piece)) return 'bad';
  const state = board.map.states[piece];
  if (state === PieceState.inRun) return 'asked';
  const open = state === PieceState.open ? board.map.open(piece) : undefined;
  return open?.blocks.some((block) => block !== BlockState.missing) ? 'asked' : 'missing';
}

function lookOfMark(mark: number): PieceLook {
  if (mark === WAS_HERE) return 'here';
  const { peerBytes, originBytes } = bytesOfMark(mark, 1_000);
  if (originBytes === 0) return 'peer';
  return peerBytes === 0 ? 'origin' : 'mixed';
}
