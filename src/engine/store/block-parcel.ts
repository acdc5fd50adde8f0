import type { PeerId, PieceIndex } from '../../model/ids.ts';
import type { Clock } from '../ports.ts';

/** What a parcel holds: eight blocks, about what a fast swarm brings while one waits. */
const PARCEL_BYTES = 131_072;
/** How long the first block of a parcel waits for others, in milliseconds. */
const WAITS_MS = 8;
/** Empty buffers kept for later. */
const MAX_SPARE_BUFFERS = 8;

/** One block of a parcel; its bytes lie behind those of the block before. */
export type ParcelledBlock = {
  readonly piece: PieceIndex;
  readonly block: number;
  readonly lengthBytes: number;
  readonly peer: PeerId;
};
export type Parcel = { readonly blocks: readonly ParcelledBlock[]; readonly buffer: ArrayBuffer };

/** Buffers that travel between two threads and are used again: new memory for each block costs more than its bytes. */
export class ParcelBuffers {
  readonly #spare: ArrayBuffer[] = [];

  take(): ArrayBuffer {
    return this.#spare.pop() ?? new ArrayBuffer(PARCEL_BYTES);
  }

  giveBack(buffer: ArrayBuffer): void {
    if (this.#spare.length < MAX_SPARE_BUFFERS && buffer.byteLength === PARCEL_BYTES) this.#spare.push(buffer);
  }
}

/**
 * Puts blocks of peers together on their way to another thread. A message for each of them took a third of the engine's
 * thread at 11 MB/s.
 */
export class BlockParcel {
  readonly #buffers: ParcelBuffers;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #send: (parcel: Parcel) => void;
  #bytes: Uint8Array<ArrayBuffer> | null = null;
  #blocks: ParcelledBlock[] = [];
  #filled = 0;
  #stopTimer = () => {};

  constructor(buffers: ParcelBuffers, clock: Pick<Clock, 'after'>, send: (parcel: Parcel) => void) {
    this.#buffers = buffers;
    this.#clock = clock;
    this.#send = send;
  }

  /** Copies one block of at most `PARCEL_BYTES`. What is in the parcel by then goes first when it has no room for it. */
  add(piece: PieceIndex, block: number, bytes: Uint8Array, peer: PeerId): void {
    if (this.#filled + bytes.length > PARCEL_BYTES) this.dispatch();
    if (this.#bytes === null) {
      this.#bytes = new Uint8Array(this.#buffers.take());
      this.#stopTimer = this.#clock.after(WAITS_MS, () => this.dispatch());
    }
    this.#bytes.set(bytes, this.#filled);
    this.#filled += bytes.length;
    this.#blocks.push({ piece, block, lengthBytes: bytes.length, peer });
    if (this.#filled === PARCEL_BYTES) this.dispatch();
  }

  /** Sends what there is. To be called before anything else is said to the same place: order counts. */
  dispatch(): void {
    if (this.#bytes === null) return;
    const parcel = { blocks: this.#blocks, buffer: this.#bytes.buffer };
    this.#stopTimer();
    this.#bytes = null;
    this.#blocks = [];
    this.#filled = 0;
    this.#send(parcel);
  }
}

/** Hands out the blocks of a parcel. Their bytes are good only until `take` returns. */
export function unpack({ blocks, buffer }: Parcel, take: (block: ParcelledBlock, bytes: Uint8Array) => void): void {
  let at = 0;
  for (const block of blocks) {
    take(block, new Uint8Array(buffer, at, block.lengthBytes));
    at += block.lengthBytes;
  }
}
