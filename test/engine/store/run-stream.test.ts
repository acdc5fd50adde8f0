import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OpenPiece } from '../../../src/engine/store/open-piece.ts';
import { RunStream } from '../../../src/engine/store/run-stream.ts';
import { BLOCK_LENGTH_BYTES as BLOCK } from '../../../src/engine/torrent/piece-length.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import type { WasteReason } from '../../../src/model/ledger.ts';

const PIECE = 3 * BLOCK;
const US = 0;
const PEER = 1;

/** Three pieces of three blocks, a stream into them, and what it wasted. */
class Pieces {
  readonly wasted: [bytes: number, reason: WasteReason][] = [];
  /** Bytes of the stream in pieces that are whole, or that were dropped. */
  takenBytes = 0;
  readonly stream = new RunStream({
    source: US,
    pieceLengthBytes: PIECE,
    open: (piece) => (this.#held.has(piece) ? null : this.#openPiece(piece)),
    completed: (piece) => this.#take(piece),
    waste: (bytes, reason) => bytes > 0 && this.wasted.push([bytes, reason]),
  });
  readonly #open = new Map<PieceIndex, OpenPiece>();
  readonly #held = new Set<PieceIndex>();

  peerBrings(piece: PieceIndex, block: number): void {
    if (this.#held.has(piece)) return;
    const open = this.#openPiece(piece);
    open.putBlock(block, new Uint8Array(BLOCK), PEER);
    if (open.isComplete) this.#take(piece);
  }

  drop(piece: PieceIndex): void {
    this.takenBytes += this.#open.get(piece)?.bytesBySource().get(US) ?? 0;
    this.#open.delete(piece);
  }

  /** Of the stream: whole blocks that wait for others. */
  get waitingBytes(): number {
    return [...this.#open.values()].reduce((sum, open) => sum + (open.bytesBySource().get(US) ?? 0), 0);
  }

  get wastedBytes(): number {
    return this.wasted.reduce((sum, [bytes]) => sum + bytes, 0);
  }

  #take(piece: PieceIndex): void {
    this.drop(piece);
    this.#held.add(piece);
  }

  #openPiece(piece: PieceIndex): OpenPiece {
    const open = this.#open.get(piece) ?? new OpenPiece(new Uint8Array(PIECE));
    this.#open.set(piece, open);
    return open;
  }
}

const first = 0 as PieceIndex;

test('every byte of a stream is in a whole block or wasted, whatever peers bring and whatever is dropped meanwhile', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ bytes: fc.integer({ min: 1, max: 2 * BLOCK }) }) },
    fc.record({ piece: fc.nat(2), block: fc.nat(2) }),
    fc.record({ dropped: fc.nat(2) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(8), (steps, startBlock) => {
      const pieces = new Pieces();
      let position = startBlock * BLOCK;
      for (const one of steps) {
        if ('bytes' in one) {
          const length = Math.min(one.bytes, 3 * PIECE - position);
          pieces.stream.put(position, new Uint8Array(length), true);
          position += length;
        } else if ('block' in one) pieces.peerBrings(one.piece as PieceIndex, one.block);
        else pieces.drop(one.dropped as PieceIndex);
      }
      pieces.stream.end(false);
      const cameBytes = position - startBlock * BLOCK;
      expect(pieces.takenBytes + pieces.waitingBytes + pieces.wastedBytes).toBe(cameBytes);
    }),
    { seed: 1 },
  );
});

test('what a stream leaves in the middle of a block is thrown away, unless somebody keeps it', () => {
  const [left, kept] = [new Pieces(), new Pieces()];
  for (const { stream } of [left, kept]) stream.put(0, new Uint8Array(BLOCK + 10), true);
  expect(left.stream.isWithinBlock).toBe(true);
  left.stream.end(false);
  kept.stream.end(true);
  expect(left.wasted).toEqual([[10, 'thrown-away']]);
  expect(kept.wasted).toEqual([]);
});

test('a block that a peer brings first came twice, also what the stream had of it before', () => {
  const world = new Pieces();
  world.stream.put(0, new Uint8Array(10), true);
  world.peerBrings(first, 0);
  expect(world.stream.isWithinBlock).toBe(false);
  world.stream.put(10, new Uint8Array(BLOCK - 10), true);
  expect(world.wasted.every(([, reason]) => reason === 'duplicate')).toBe(true);
  expect(world.wastedBytes).toBe(BLOCK);
});

test('zeros of padding did not come, and are no waste', () => {
  const world = new Pieces();
  world.peerBrings(first, 1);
  world.stream.put(0, new Uint8Array(100), true);
  world.stream.put(100, new Uint8Array(2 * BLOCK), false);
  world.stream.end(false);
  expect(world.wasted).toEqual([]);
});
