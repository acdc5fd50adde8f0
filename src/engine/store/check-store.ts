import type { PieceIndex } from '../../model/ids.ts';
import { MISSING } from './journal.ts';

/**
 * Pieces whose mark cannot be believed. A mark is written only after its piece was flushed, so it is doubtful only when
 * a file is shorter than the piece needs; and when the journal itself was lost, every piece that the files could hold
 * is doubtful.
 * @param couldHold Whether the files are long enough for a piece.
 */
export function doubtfulPieces(
  marks: Uint8Array,
  couldHold: (piece: PieceIndex) => boolean,
  journalWasWhole: boolean,
): PieceIndex[] {
  const doubtful: PieceIndex[] = [];
  for (let index = 0; index < marks.length; index++) {
    const piece = index as PieceIndex;
    const isMarked = marks[index] !== MISSING;
    if (journalWasWhole && !isMarked) continue;
    if (journalWasWhole ? !couldHold(piece) : couldHold(piece)) doubtful.push(piece);
  }
  return doubtful;
}

/** Pieces to hash when nothing is believed: those with a mark, and those that the files are long enough to hold. */
export function* piecesToCheck(
  marks: Uint8Array,
  couldHold: (piece: PieceIndex) => boolean,
): Generator<PieceIndex, void, void> {
  for (let index = 0; index < marks.length; index++) {
    const piece = index as PieceIndex;
    if (marks[index] !== MISSING || couldHold(piece)) yield piece;
  }
}
