import type { PieceIndex } from '../../model/ids.ts';
import type { TorrentInfo } from './torrent-description.ts';

/** What peers are asked for at a time. Clients close connections that ask for more (BEP 3). */
export const BLOCK_LENGTH_BYTES = 16_384;

type PieceLayout = Pick<TorrentInfo, 'lengthBytes' | 'pieceLengthBytes' | 'pieceCount'>;

/**
 * Length of a piece in bytes: all are equal but the last, which holds what is left.
 * @throws {RangeError} when the torrent has no such piece.
 */
export function lengthOfPiece(info: PieceLayout, piece: PieceIndex): number {
  if (!Number.isInteger(piece) || piece < 0 || piece >= info.pieceCount) {
    throw new RangeError(`the torrent has no piece ${piece}`);
  }
  return Math.min(info.pieceLengthBytes, info.lengthBytes - piece * info.pieceLengthBytes);
}

/**
 * How many blocks of 16 KiB a piece has, the last one perhaps shorter.
 * @throws {RangeError} when the torrent has no such piece.
 */
export function blockCountOfPiece(info: PieceLayout, piece: PieceIndex): number {
  return Math.ceil(lengthOfPiece(info, piece) / BLOCK_LENGTH_BYTES);
}

/**
 * Length in bytes of one block, counted from 0 within its piece.
 * @throws {RangeError} when the torrent has no such piece or block.
 */
export function lengthOfBlock(info: PieceLayout, piece: PieceIndex, block: number): number {
  const left = lengthOfPiece(info, piece) - block * BLOCK_LENGTH_BYTES;
  if (!Number.isInteger(block) || block < 0 || left <= 0) throw new RangeError(`piece ${piece} has no block ${block}`);
  return Math.min(BLOCK_LENGTH_BYTES, left);
}
