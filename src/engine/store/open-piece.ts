import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';

/** Number that stands for a source in one session of the store, counted from 0. */
export type SourceNumber = number;

const NOBODY = -1;

/**
 * A piece that is being put together from blocks, whoever sends them. The first bytes of a block to arrive whole count;
 * later copies change nothing.
 */
export class OpenPiece {
  #buffer: Uint8Array<ArrayBuffer>;
  readonly sourceOfBlock: Int32Array;
  #blocksLeft: number;

  constructor(buffer: Uint8Array<ArrayBuffer>) {
    this.#buffer = buffer;
    this.#blocksLeft = Math.ceil(buffer.length / BLOCK_LENGTH_BYTES);
    this.sourceOfBlock = new Int32Array(this.#blocksLeft).fill(NOBODY);
  }

  get buffer(): Uint8Array<ArrayBuffer> {
    return this.#buffer;
  }

  /** Its bytes are back from another thread, where they were hashed. */
  takeBack(buffer: Uint8Array<ArrayBuffer>): void {
    this.#buffer = buffer;
  }

  get isComplete(): boolean {
    return this.#blocksLeft === 0;
  }

  hasBlock(block: number): boolean {
    return this.sourceOfBlock[block] !== NOBODY;
  }

  /** Length of a block in bytes; only the last one of a piece may be shorter. */
  blockLength(block: number): number {
    return Math.min(BLOCK_LENGTH_BYTES, this.buffer.length - block * BLOCK_LENGTH_BYTES);
  }

  /** Takes one whole block. Returns whether it was wanted. */
  putBlock(block: number, bytes: Uint8Array, source: SourceNumber): boolean {
    if (bytes.length !== this.blockLength(block)) throw new RangeError('a block of the wrong length');
    if (this.hasBlock(block)) return false;
    this.buffer.set(bytes, block * BLOCK_LENGTH_BYTES);
    this.#mark(block, source);
    return true;
  }

  /**
   * Takes bytes of a stream that has delivered everything from `streamStart` up to `at` before. A block counts when the
   * stream has covered it from its first byte to its last; blocks that others brought meanwhile are left as they are.
   * All offsets are bytes from the start of the piece. Returns how many of the bytes are of no use: blocks that are here,
   * and one that the stream has entered after its first byte.
   */
  putStream(bytes: Uint8Array, at: number, streamStart: number, source: SourceNumber): number {
    const end = at + bytes.length;
    let unwanted = 0;
    for (let block = Math.floor(at / BLOCK_LENGTH_BYTES); block * BLOCK_LENGTH_BYTES < end; block++) {
      const blockStart = block * BLOCK_LENGTH_BYTES;
      const from = Math.max(at, blockStart);
      const to = Math.min(end, blockStart + this.blockLength(block));
      if (this.hasBlock(block) || streamStart > blockStart) {
        unwanted += to - from;
        continue;
      }
      this.buffer.set(bytes.subarray(from - at, to - at), from);
      if (to === blockStart + this.blockLength(block)) this.#mark(block, source);
    }
    return unwanted;
  }

  /** Bytes of its whole blocks so far. */
  bytesHere(): number {
    return [...this.bytesBySource().values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Bytes of this piece by source, as far as whole blocks have come. */
  bytesBySource(): Map<SourceNumber, number> {
    const bytes = new Map<SourceNumber, number>();
    for (const [block, source] of this.sourceOfBlock.entries()) {
      if (source === NOBODY) continue;
      bytes.set(source, (bytes.get(source) ?? 0) + this.blockLength(block));
    }
    return bytes;
  }

  #mark(block: number, source: SourceNumber): void {
    this.sourceOfBlock[block] = source;
    this.#blocksLeft -= 1;
  }
}
