import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';

/** A piece that is being put together: who brought each block, `null` for nobody yet. */
class OpenFluidPiece {
  readonly lengthBytes: number;
  readonly byPeer: (boolean | null)[];
  blocksLeft: number;

  constructor(lengthBytes: number) {
    this.lengthBytes = lengthBytes;
    this.blocksLeft = Math.ceil(lengthBytes / BLOCK_LENGTH_BYTES);
    this.byPeer = new Array(this.blocksLeft).fill(null);
  }

  blockLength(block: number): number {
    return Math.min(BLOCK_LENGTH_BYTES, this.lengthBytes - block * BLOCK_LENGTH_BYTES);
  }

  mark(block: number, isByPeer: boolean): void {
    this.byPeer[block] = isByPeer;
    this.blocksLeft -= 1;
  }

  get peerBytes(): number {
    let bytes = 0;
    for (const [block, isByPeer] of this.byPeer.entries()) if (isByPeer) bytes += this.blockLength(block);
    return bytes;
  }
}

/** What a stream remembers of the piece that it is in; see `LocalSession`. */
export type FluidStream = { into: unknown; fromByte: number };

/** A piece that is whole, with the bytes that peers brought. */
export type WholePiece = { readonly piece: PieceIndex; readonly lengthBytes: number; readonly peerBytes: number };

type Layout = { readonly lengthBytes: number; readonly pieceLengthBytes: number; readonly pieceCount: number };

/**
 * Which block of which piece came from whom, by the rules of `OpenPiece` and `LocalSession` and without a byte: the
 * first copy of a block counts, a stream's block counts when the stream covered all of it.
 */
export class FluidPieces {
  /** One byte a piece: 1 from when it is whole. */
  readonly isWhole: Uint8Array;
  readonly #layout: Layout;
  readonly #open = new Map<PieceIndex, OpenFluidPiece>();
  readonly #onWhole: (piece: WholePiece) => void;

  constructor(layout: Layout, onWhole: (piece: WholePiece) => void) {
    this.#layout = layout;
    this.#onWhole = onWhole;
    this.isWhole = new Uint8Array(layout.pieceCount);
  }

  /** Whether a block is here, in a whole piece or in one that is being put together. */
  has(piece: PieceIndex, block: number): boolean {
    return this.isWhole[piece] === 1 || (this.#open.get(piece)?.byPeer[block] ?? null) !== null;
  }

  /** Bytes of all blocks that are here. */
  get bytes(): number {
    const { lengthBytes, pieceLengthBytes } = this.#layout;
    let bytes = 0;
    for (const [piece, isWhole] of this.isWhole.entries()) {
      if (isWhole === 1) bytes += Math.min(pieceLengthBytes, lengthBytes - piece * pieceLengthBytes);
    }
    for (const { byPeer, blocksLeft } of this.#open.values())
      bytes += (byPeer.length - blocksLeft) * BLOCK_LENGTH_BYTES;
    return bytes;
  }

  drop(piece: PieceIndex): void {
    this.#open.delete(piece);
  }

  /** Takes one whole block of a peer. Returns how many of its bytes were here already. */
  putBlock(piece: PieceIndex, block: number, lengthBytes: number): number {
    const open = this.isWhole[piece] === 1 ? null : this.#openOf(piece);
    if (open === null || open.byPeer[block] !== null) return lengthBytes;
    open.mark(block, true);
    this.#finish(piece, open);
    return 0;
  }

  /** Takes what a stream brought between two offsets of the torrent. Returns how many of its bytes were here already. */
  putStream(stream: FluidStream, startByte: number, endByte: number): number {
    const { pieceLengthBytes } = this.#layout;
    let unwanted = 0;
    for (let at = startByte; at < endByte; ) {
      const piece = Math.floor(at / pieceLengthBytes) as PieceIndex;
      const pieceStart = piece * pieceLengthBytes;
      const end = Math.min(endByte, pieceStart + pieceLengthBytes);
      if (this.isWhole[piece] === 1) unwanted += end - at;
      else unwanted += this.#putInPiece(stream, piece, at - pieceStart, end - pieceStart);
      at = end;
    }
    return unwanted;
  }

  #putInPiece(stream: FluidStream, piece: PieceIndex, from: number, to: number): number {
    const open = this.#openOf(piece);
    if (stream.into !== open) {
      stream.into = open;
      stream.fromByte = from;
    }
    let unwanted = 0;
    for (let block = Math.floor(from / BLOCK_LENGTH_BYTES); block * BLOCK_LENGTH_BYTES < to; block++) {
      const blockStart = block * BLOCK_LENGTH_BYTES;
      const blockEnd = blockStart + open.blockLength(block);
      const isOfNoUse = open.byPeer[block] !== null || stream.fromByte > blockStart;
      if (isOfNoUse) unwanted += Math.min(to, blockEnd) - Math.max(from, blockStart);
      else if (to >= blockEnd) open.mark(block, false);
    }
    this.#finish(piece, open);
    return unwanted;
  }

  #openOf(piece: PieceIndex): OpenFluidPiece {
    const known = this.#open.get(piece);
    if (known !== undefined) return known;
    const { lengthBytes, pieceLengthBytes } = this.#layout;
    const begun = new OpenFluidPiece(Math.min(pieceLengthBytes, lengthBytes - piece * pieceLengthBytes));
    this.#open.set(piece, begun);
    return begun;
  }

  #finish(piece: PieceIndex, open: OpenFluidPiece): void {
    if (open.blocksLeft > 0) return;
    this.#open.delete(piece);
    this.isWhole[piece] = 1;
    this.#onWhole({ piece, lengthBytes: open.lengthBytes, peerBytes: open.peerBytes });
  }
}
