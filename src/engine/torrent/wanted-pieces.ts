import { piecesOfFile } from './file-ranges.ts';
import { type FileSpans, isInSpans } from './file-spans.ts';
import type { TorrentInfo } from './torrent-description.ts';

/**
 * One byte a piece: 1 for those that hold bytes of a file that is not skipped, border pieces among them, else 0. Padding
 * wants nothing. A torrent of which all is wanted wants every piece, also one that is all padding.
 */
export function wantedPieces(info: TorrentInfo, skipped: FileSpans): Uint8Array {
  const wanted = new Uint8Array(info.pieceCount);
  if (skipped.length === 0) return wanted.fill(1);
  for (const file of info.files) {
    if (file.isPadding || isInSpans(skipped, file.index)) continue;
    const { firstPiece, endPiece } = piecesOfFile(info, file.index);
    wanted.fill(1, firstPiece, endPiece);
  }
  return wanted;
}

/** Bytes of the wanted pieces. */
export function bytesOfPieces(info: TorrentInfo, wanted: Uint8Array): number {
  let pieces = 0;
  for (const one of wanted) pieces += Number(one !== 0);
  const lastIsWanted = wanted[info.pieceCount - 1] !== 0 && info.pieceCount > 0;
  const shortBy = info.pieceCount * info.pieceLengthBytes - info.lengthBytes;
  return pieces * info.pieceLengthBytes - (lastIsWanted ? shortBy : 0);
}
