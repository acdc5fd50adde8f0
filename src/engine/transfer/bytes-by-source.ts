import type { PieceIndex } from '../../model/ids.ts';
import type { BytesBySource } from '../../model/transfer-view.ts';
import { bytesOfMark, MISSING } from '../store/journal.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

export const NO_BYTES: BytesBySource = { peerBytes: 0, originBytes: 0, hereBytes: 0 };

/** The sum with one more verified piece, as its mark in the journal says. */
export function withPiece(sum: BytesBySource, info: TorrentInfo, piece: PieceIndex, mark: number): BytesBySource {
  if (mark === MISSING) return sum;
  const bytes = bytesOfMark(mark, lengthOfPiece(info, piece));
  return {
    peerBytes: sum.peerBytes + bytes.peerBytes,
    originBytes: sum.originBytes + bytes.originBytes,
    hereBytes: sum.hereBytes + bytes.hereBytes,
  };
}

/** Verified bytes of a whole journal. */
export function bytesOfMarks(info: TorrentInfo, marks: Uint8Array): BytesBySource {
  let sum = NO_BYTES;
  for (const [piece, mark] of marks.entries()) sum = withPiece(sum, info, piece as PieceIndex, mark);
  return sum;
}
