import type { PieceIndex } from '../../model/ids.ts';
import { fileRangesOfPiece } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { MISSING } from './journal.ts';

/**
 * Pieces whose mark cannot be believed. A mark is written only after its piece was flushed, so it is doubtful only when
 * a file is shorter than the piece needs; and when the journal itself was lost, every piece that the files could hold
 * is doubtful.
 * @param sizes Bytes of each file in the store.
 */
export function doubtfulPieces(
  info: TorrentInfo,
  marks: Uint8Array,
  sizes: Float64Array,
  journalWasWhole: boolean,
): PieceIndex[] {
  const doubtful: PieceIndex[] = [];
  for (let index = 0; index < info.pieceCount; index++) {
    const piece = index as PieceIndex;
    const isMarked = marks[index] !== MISSING;
    if (journalWasWhole && !isMarked) continue;
    const fits = fileRangesOfPiece(info, piece).every((range) => (sizes[range.file] ?? 0) >= range.endByte);
    if (journalWasWhole ? !fits : fits) doubtful.push(piece);
  }
  return doubtful;
}
