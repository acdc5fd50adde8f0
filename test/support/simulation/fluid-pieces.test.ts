import { expect, test } from 'vitest';
import { OpenPiece } from '../../../src/engine/store/open-piece.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { FluidPieces, type FluidStream, type WholePiece } from './fluid-pieces.ts';
import { seededChance } from './seeded-chance.ts';

const PIECE_BYTES = 5 * BLOCK_LENGTH_BYTES + 777;
const PIECE = 0 as PieceIndex;

test('counts what comes twice exactly as the store does, whoever brings which part in which order', () => {
  const chance = seededChance(5);
  const upTo = (most: number) => Math.floor(chance() * most);
  for (let round = 0; round < 200; round++) {
    const whole: WholePiece[] = [];
    const fluid = new FluidPieces({ lengthBytes: PIECE_BYTES, pieceLengthBytes: PIECE_BYTES, pieceCount: 1 }, (piece) =>
      whole.push(piece),
    );
    const real = new OpenPiece(new Uint8Array(PIECE_BYTES));
    const streams = Array.from({ length: 3 }, (_, source) => ({
      fluid: newStream(),
      startByte: upTo(PIECE_BYTES),
      source,
    }));
    const positions = streams.map(({ startByte }) => startByte);
    while (!real.isComplete) {
      const at = upTo(4);
      const stream = streams[at];
      const from = positions[at] ?? 0;
      if (stream === undefined) {
        const block = upTo(6);
        const bytes = new Uint8Array(real.blockLength(block));
        const unwanted = real.putBlock(block, bytes, 9) ? 0 : bytes.length;
        expect(fluid.putBlock(PIECE, block, bytes.length)).toBe(unwanted);
      } else if (from < PIECE_BYTES) {
        const to = Math.min(from + 1 + upTo(2 * BLOCK_LENGTH_BYTES), PIECE_BYTES);
        const unwanted = real.putStream(new Uint8Array(to - from), from, stream.startByte, stream.source);
        expect(fluid.putStream(stream.fluid, from, to)).toBe(unwanted);
        positions[at] = to;
      }
    }
    const peerBytes = real.bytesBySource().get(9) ?? 0;
    expect(whole).toEqual([{ piece: PIECE, lengthBytes: PIECE_BYTES, peerBytes }]);
    expect(fluid.putStream(newStream(), 10, 50)).toBe(40);
  }
});

const newStream = (): FluidStream => ({ into: null, fromByte: 0 });

test('a stream counts again from where it enters a piece that was dropped meanwhile', () => {
  const whole: WholePiece[] = [];
  const lengthBytes = 3 * BLOCK_LENGTH_BYTES;
  const fluid = new FluidPieces({ lengthBytes, pieceLengthBytes: lengthBytes, pieceCount: 1 }, (piece) =>
    whole.push(piece),
  );
  const stream = newStream();
  fluid.putStream(stream, 0, BLOCK_LENGTH_BYTES + 100);
  fluid.drop(PIECE);
  fluid.putStream(stream, BLOCK_LENGTH_BYTES + 100, lengthBytes);
  expect([0, 1, 2].map((block) => fluid.has(PIECE, block))).toEqual([false, false, true]);
  expect(whole).toEqual([]);
});
