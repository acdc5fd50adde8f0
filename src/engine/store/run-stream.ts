import type { PieceIndex } from '../../model/ids.ts';
import type { WasteReason } from '../../model/ledger.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { OpenPiece, SourceNumber } from './open-piece.ts';

export type RunStreamPorts = {
  readonly source: SourceNumber;
  readonly pieceLengthBytes: number;
  /** The piece as far as it has come; null when it is verified or on its way to be. */
  readonly open: (piece: PieceIndex) => OpenPiece | null;
  readonly completed: (piece: PieceIndex) => void;
  readonly waste: (bytes: number, reason: WasteReason) => void;
};

/**
 * Puts the stream of one run into pieces, and says of each byte that came whether it was of use: only whole blocks are.
 * What it gave to an attempt at a piece that has been thrown away, or passed over while the piece was in hand, is not in
 * the piece that is open now: its bytes count only from where it entered that one.
 */
export class RunStream {
  readonly #ports: RunStreamPorts;
  #into: OpenPiece | null = null;
  /** Where it entered that piece. */
  #fromByte = 0;
  /** The block that it is in the middle of, and how many bytes of it have come. */
  #block = 0;
  #begunBytes = 0;

  constructor(ports: RunStreamPorts) {
    this.#ports = ports;
  }

  /** @param came Whether an origin has sent the bytes; else they are zeros of padding. */
  put(startByte: number, bytes: Uint8Array, came: boolean): void {
    const { pieceLengthBytes } = this.#ports;
    for (let at = 0; at < bytes.length; ) {
      const piece = Math.floor((startByte + at) / pieceLengthBytes) as PieceIndex;
      const inPiece = startByte + at - piece * pieceLengthBytes;
      const take = Math.min(bytes.length - at, pieceLengthBytes - inPiece);
      this.#putIn(piece, inPiece, bytes.subarray(at, at + take), came);
      at += take;
    }
  }

  /** Whether what has come of its last block would be of use if the rest of it came. */
  get isWithinBlock(): boolean {
    return this.#begunBytes > 0 && this.#into?.hasBlock(this.#block) === false;
  }

  /** It is over. @param isKept Somebody keeps what has come of its last block. */
  end(isKept: boolean): void {
    if (isKept) this.#begunBytes = 0;
    this.#loseBegun(this.isWithinBlock ? 'thrown-away' : 'duplicate');
  }

  #putIn(piece: PieceIndex, inPiece: number, bytes: Uint8Array, came: boolean): void {
    const { source, open, completed, waste } = this.#ports;
    const into = open(piece);
    if (into !== this.#into) {
      this.#loseBegun(into === null ? 'duplicate' : 'thrown-away');
      this.#into = into;
      this.#fromByte = inPiece;
    }
    if (into === null) {
      if (came) waste(bytes.length, 'duplicate');
      return;
    }
    if (into.hasBlock(this.#block)) this.#loseBegun('duplicate');
    const unwanted = into.putStream(bytes, inPiece, this.#fromByte, source);
    if (came) waste(unwanted, 'duplicate');
    this.#begin(into, inPiece, inPiece + bytes.length, came);
    if (into.isComplete) completed(piece);
  }

  /** Notes how much of the block that they end in has come with these bytes. */
  #begin(into: OpenPiece, startByte: number, endByte: number, came: boolean): void {
    const block = Math.floor(endByte / BLOCK_LENGTH_BYTES);
    const blockStart = block * BLOCK_LENGTH_BYTES;
    const isBegun = endByte > blockStart && endByte < into.buffer.length && this.#fromByte <= blockStart;
    if (block !== this.#block || !isBegun) this.#begunBytes = 0;
    this.#block = block;
    if (isBegun && came && !into.hasBlock(block)) this.#begunBytes += endByte - Math.max(blockStart, startByte);
  }

  #loseBegun(reason: WasteReason): void {
    if (this.#begunBytes > 0) this.#ports.waste(this.#begunBytes, reason);
    this.#begunBytes = 0;
  }
}
