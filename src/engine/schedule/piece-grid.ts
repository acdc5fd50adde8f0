import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';

/** Where the pieces and blocks of a torrent lie. Offsets are bytes of the torrent; past its end everything is empty. */
export class PieceGrid {
  readonly pieceLengthBytes: number;
  readonly lengthBytes: number;

  constructor(pieceLengthBytes: number, lengthBytes: number) {
    this.pieceLengthBytes = pieceLengthBytes;
    this.lengthBytes = lengthBytes;
  }

  startOf(piece: number): number {
    return Math.min(piece * this.pieceLengthBytes, this.lengthBytes);
  }

  pieceAt(byte: number): PieceIndex {
    return Math.floor(byte / this.pieceLengthBytes) as PieceIndex;
  }

  /** Pieces of which a span has bytes. */
  piecesWithin(startByte: number, endByte: number): PieceIndex[] {
    const pieces: PieceIndex[] = [];
    for (let piece = this.pieceAt(startByte) as number; this.startOf(piece) < endByte; piece++) {
      pieces.push(piece as PieceIndex);
    }
    return pieces;
  }

  lengthOf(piece: number): number {
    return this.startOf(piece + 1) - this.startOf(piece);
  }

  blockCount(piece: number): number {
    return Math.ceil(this.lengthOf(piece) / BLOCK_LENGTH_BYTES);
  }

  blockLength(piece: number, block: number): number {
    return Math.min(BLOCK_LENGTH_BYTES, this.lengthOf(piece) - block * BLOCK_LENGTH_BYTES);
  }

  /** Blocks of a piece that begin within a span of the torrent. */
  *blocksWithin(piece: number, fromByte: number, endByte: number): Generator<number> {
    const start = this.startOf(piece);
    const first = Math.max(Math.ceil((fromByte - start) / BLOCK_LENGTH_BYTES), 0);
    const last = Math.min(Math.ceil((endByte - start) / BLOCK_LENGTH_BYTES), this.blockCount(piece));
    for (let block = first; block < last; block++) yield block;
  }
}
