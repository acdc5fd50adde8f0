import type { OriginUrl } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';

/** More runs than this do not break off at a time; the oldest are forgotten. */
const MAX_KEPT = 64;

/** What a stream has brought of the block that it is in the middle of. */
export class BegunBlock {
  readonly #pieceLengthBytes: number;
  readonly #bytes = new Uint8Array(BLOCK_LENGTH_BYTES);
  #lengthBytes = 0;
  /** Torrent offset of its first byte. */
  startByte: number;

  constructor(pieceLengthBytes: number, startByte: number) {
    this.#pieceLengthBytes = pieceLengthBytes;
    this.startByte = startByte;
  }

  /** The stream brings these bytes next. They are copied, as far as they are of the block that they end in. */
  add(bytes: Uint8Array): void {
    const endByte = this.startByte + this.#lengthBytes + bytes.length;
    const inPiece = endByte % this.#pieceLengthBytes;
    const blockStart = endByte - (inPiece % BLOCK_LENGTH_BYTES);
    const kept = blockStart > this.startByte ? 0 : this.#lengthBytes;
    this.startByte = Math.max(blockStart, this.startByte);
    this.#lengthBytes = endByte - this.startByte;
    this.#bytes.set(bytes.subarray(bytes.length - (this.#lengthBytes - kept)), kept);
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#lengthBytes);
  }
}

/**
 * The beginnings of blocks whose origin failed before their end, until it is asked for them again. A block may hold bytes
 * of a hundred small files, each of which is a request: a server that answers only some of them at a time would else be
 * asked for the first ones again and again, and never for the last.
 */
export class BegunBlocks {
  readonly #kept = new Map<string, Uint8Array>();
  readonly #onLost: (bytes: number) => void;

  /** @param onLost Told how many bytes are forgotten. */
  constructor(onLost: (bytes: number) => void) {
    this.#onLost = onLost;
  }

  keep(origin: OriginUrl, { startByte, bytes }: BegunBlock): void {
    if (bytes.length === 0) return;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < MAX_KEPT) break;
      this.#lose(oldest);
    }
    const key = keyOf(origin, startByte);
    this.#lose(key);
    this.#kept.set(key, bytes);
  }

  /** What this origin has brought of a block that begins there; it is not kept any longer. */
  take(origin: OriginUrl, startByte: number): Uint8Array {
    const key = keyOf(origin, startByte);
    const bytes = this.#kept.get(key) ?? new Uint8Array();
    this.#kept.delete(key);
    return bytes;
  }

  /** Nobody will ask for them any more. */
  forgetAll(): void {
    for (const key of this.#kept.keys()) this.#lose(key);
  }

  #lose(key: string): void {
    const bytes = this.#kept.get(key);
    if (bytes !== undefined) this.#onLost(bytes.length);
    this.#kept.delete(key);
  }
}

const keyOf = (origin: OriginUrl, startByte: number): string => `${startByte} ${origin}`;
