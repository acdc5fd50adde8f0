import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES, lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { BytesFrom, Source } from './depot.ts';
import { OpenPiece, type SourceNumber } from './open-piece.ts';
import { type HashPiece, isHashOfPiece } from './piece-hash.ts';

/** Failed pieces whose bytes are kept to find out who lied. */
const MAX_KEPT_FAILURES = 4;
/** Buffers kept for the next pieces: to allocate one costs more than to fill it. */
const MAX_SPARE_BYTES = 32 * 1_048_576;

/** A whole piece whose hash fits, with its bytes by source. Give its buffer back with `recycle`. */
export type GoodPiece = {
  readonly piece: PieceIndex;
  readonly buffer: Uint8Array<ArrayBuffer>;
  readonly peerBytes: number;
  readonly originBytes: number;
  readonly from: readonly BytesFrom[];
};

export type Verdict =
  | { readonly type: 'good'; readonly good: GoodPiece; readonly liars: readonly Source[] }
  | { readonly type: 'failed'; readonly sources: readonly Source[] };

/**
 * Puts pieces together from blocks of any source and checks them. When a piece of several sources fails, its bytes are
 * kept until the piece is good; the sources whose blocks differed then are the liars.
 */
export class PieceAssembly {
  readonly #info: TorrentInfo;
  readonly #hash: HashPiece;
  readonly #open = new Map<PieceIndex, OpenPiece>();
  readonly #failures = new Map<PieceIndex, OpenPiece[]>();
  readonly #sources: Source[] = [];
  readonly #numbers = new Map<string, SourceNumber>();
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];

  constructor(info: TorrentInfo, hash: HashPiece) {
    this.#info = info;
    this.#hash = hash;
  }

  /** The number that stands for a source in `OpenPiece`. */
  numberOf(source: Source): SourceNumber {
    const key = source.kind === 'peer' ? `peer ${source.peer}` : `origin ${source.origin}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#sources.push(source) - 1);
    return this.#sources.length - 1;
  }

  /** The piece as far as it has come; begun when nobody has begun it. */
  open(piece: PieceIndex): OpenPiece {
    const known = this.#open.get(piece);
    if (known !== undefined) return known;
    const lengthBytes = lengthOfPiece(this.#info, piece);
    const spare = lengthBytes === this.#info.pieceLengthBytes ? this.#spare.pop() : undefined;
    const begun = new OpenPiece(spare ?? new Uint8Array(lengthBytes));
    this.#open.set(piece, begun);
    return begun;
  }

  /** Forgets what has come of a piece. Returns the bytes of its whole blocks. */
  drop(piece: PieceIndex): number {
    const open = this.#open.get(piece);
    this.#open.delete(piece);
    return open?.bytesHere() ?? 0;
  }

  /** Forgets all open pieces. Returns the bytes of their whole blocks. */
  dropAll(): number {
    return [...this.#open.keys()].reduce((bytes, piece) => bytes + this.drop(piece), 0);
  }

  /** Checks a complete piece and takes it out of the open ones. */
  async verify(piece: PieceIndex): Promise<Verdict> {
    const open = this.#open.get(piece);
    if (open === undefined || !open.isComplete) throw new Error(`piece ${piece} is not complete`);
    this.#open.delete(piece);
    const { digest, bytes } = await this.#hash(open.buffer);
    open.takeBack(bytes);
    if (!isHashOfPiece(this.#info, piece, digest)) {
      this.#keepFailure(piece, open);
      return { type: 'failed', sources: [...open.bytesBySource().keys()].map((number) => this.#source(number)) };
    }
    const liars = this.#liarsOf(piece, open);
    const from = [...open.bytesBySource()].map(([number, bytes]) => ({ source: this.#source(number), bytes }));
    const peerBytes = from.reduce((sum, { source, bytes }) => sum + (source.kind === 'peer' ? bytes : 0), 0);
    const good = { piece, buffer: open.buffer, peerBytes, originBytes: open.buffer.length - peerBytes, from };
    return { type: 'good', good, liars };
  }

  /** Gives a buffer back, to be used for another piece. */
  recycle(buffer: Uint8Array<ArrayBuffer>): void {
    if (buffer.length === this.#info.pieceLengthBytes && (this.#spare.length + 1) * buffer.length <= MAX_SPARE_BYTES) {
      this.#spare.push(buffer);
    }
  }

  #keepFailure(piece: PieceIndex, open: OpenPiece): void {
    const isNew = !this.#failures.has(piece);
    if (isNew && this.#failures.size >= MAX_KEPT_FAILURES) {
      const oldest = this.#failures.keys().next().value;
      if (oldest !== undefined) this.#failures.delete(oldest);
    }
    this.#failures.set(piece, [open, ...(this.#failures.get(piece) ?? [])].slice(0, 2));
  }

  /** Sources of several-source failures of this piece whose bytes were not the good ones. */
  #liarsOf(piece: PieceIndex, good: OpenPiece): Source[] {
    const liars = new Set<SourceNumber>();
    for (const failed of this.#failures.get(piece) ?? []) {
      if (failed.bytesBySource().size < 2) continue;
      for (const [block, number] of failed.sourceOfBlock.entries()) {
        if (!sameBlock(failed, good, block)) liars.add(number);
      }
    }
    this.#failures.delete(piece);
    return [...liars].map((number) => this.#source(number));
  }

  #source(number: SourceNumber): Source {
    const source = this.#sources[number];
    if (source === undefined) throw new Error(`no source ${number}`);
    return source;
  }
}

function sameBlock(a: OpenPiece, b: OpenPiece, block: number): boolean {
  const start = block * BLOCK_LENGTH_BYTES;
  const end = start + a.blockLength(block);
  for (let i = start; i < end; i++) if (a.buffer[i] !== b.buffer[i]) return false;
  return true;
}
