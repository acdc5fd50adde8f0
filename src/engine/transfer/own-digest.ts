import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import { PieceState } from '../schedule/piece-map.ts';
import { fileRangesOfPiece, piecesOfFile } from '../torrent/file-ranges.ts';
import type { TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';
import type { OriginDesk } from './origin-desk.ts';

export type Witness = Pick<OriginDesk, 'mirrorOf' | 'isDropped' | 'health' | 'lacks' | 'spoilt'>;

/**
 * Whether the digest that an origin gives of a file may vouch for it, when there is no better hash. Such a digest says
 * only that the origin has what it sends; that this is what the torrent means must be plain without it:
 *
 * - most bytes of the file are verified, and they are part of what is hashed, so its length and they are right;
 * - each piece that it lacks has a neighbour in it that is known to be spoilt at that origin: not there, of another
 *   length, or with wrong bytes of its own. Nothing then speaks against the file, whose bytes there are just not to be
 *   checked by the piece;
 * - the origin was named by the torrent or the user, not by another origin, and nothing it sent is a proven lie.
 *
 * It remains that an origin could change the few bytes of those pieces if it wanted to: at most a piece at either end.
 * @param states One `PieceState` a piece.
 * @see RFC 9530 section 6.3 on what a digest does not prove.
 */
export function maySpeakFor(info: TorrentInfo, origin: Witness, file: TorrentFile, states: Uint8Array): boolean {
  const isTrusted = origin.mirrorOf === null && !origin.isDropped && origin.health.lies === 0;
  if (!isTrusted) return false;
  const { firstPiece, endPiece } = piecesOfFile(info, file.index);
  let verifiedBytes = 0;
  for (let index = firstPiece as number; index < endPiece; index++) {
    const piece = index as PieceIndex;
    const ranges = fileRangesOfPiece(info, piece);
    const own = ranges.find((range) => range.file === file.index);
    if (states[piece] === PieceState.held) verifiedBytes += own === undefined ? 0 : own.endByte - own.startByte;
    else if (!ranges.some((range) => range.file !== file.index && isSpoilt(info, origin, range.file))) return false;
  }
  return verifiedBytes * 2 > file.lengthBytes;
}

/** Known by a fault, or by the origin lacking a piece that holds bytes of no other file. */
function isSpoilt(info: TorrentInfo, { spoilt, lacks }: Witness, file: FileIndex): boolean {
  if (spoilt.has(file)) return true;
  const { firstPiece, endPiece } = piecesOfFile(info, file);
  for (let index = firstPiece as number; index < endPiece; index++) {
    const piece = index as PieceIndex;
    if (lacks.has(piece) && fileRangesOfPiece(info, piece).length === 1) return true;
  }
  return false;
}
