import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OpenPiece } from '../../../src/engine/store/open-piece.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';

const BLOCK = BLOCK_LENGTH_BYTES;
const LENGTH = 3 * BLOCK + 100;
const TRUE_BYTES = pseudoRandomBytes(5, LENGTH);
const blockBytes = (block: number) => TRUE_BYTES.slice(block * BLOCK, (block + 1) * BLOCK);
const newPiece = () => new OpenPiece(new Uint8Array(LENGTH).fill(0xee));

describe('blocks of peers', () => {
  test('the first to come counts, a second copy is not wanted', () => {
    const piece = newPiece();
    expect(piece.putBlock(1, blockBytes(1), 0)).toBe(true);
    expect(piece.putBlock(1, new Uint8Array(BLOCK), 1)).toBe(false);
    expect(piece.buffer.slice(BLOCK, 2 * BLOCK)).toEqual(blockBytes(1));
    expect(piece.sourceOfBlock[1]).toBe(0);
  });

  test('the last block is as short as what is left', () => {
    const piece = newPiece();
    expect(piece.blockLength(3)).toBe(100);
    expect(piece.putBlock(3, blockBytes(3), 0)).toBe(true);
  });

  test.each([
    ['a short block', 0, 100],
    ['a long last block', 3, BLOCK],
    ['an empty block', 2, 0],
    ['a block that the piece does not have', 4, BLOCK],
  ])('%s is refused', (_name, block, length) => {
    expect(() => newPiece().putBlock(block, new Uint8Array(length), 0)).toThrow(RangeError);
  });
});

describe('streams of origins', () => {
  test('half a block is never marked', () => {
    const piece = newPiece();
    piece.putStream(TRUE_BYTES.slice(0, BLOCK - 1), 0, 0, 0);
    expect(piece.hasBlock(0)).toBe(false);
    piece.putStream(TRUE_BYTES.slice(BLOCK - 1, BLOCK), BLOCK - 1, 0, 0);
    expect(piece.hasBlock(0)).toBe(true);
  });

  test('a stream that begins within a block does not mark it', () => {
    const piece = newPiece();
    piece.putStream(TRUE_BYTES.slice(10, 2 * BLOCK), 10, 10, 0);
    expect([piece.hasBlock(0), piece.hasBlock(1)]).toEqual([false, true]);
  });

  test('bytes of a block that somebody brought meanwhile are not wanted, and do not overwrite', () => {
    const piece = newPiece();
    piece.putStream(TRUE_BYTES.slice(0, 1000), 0, 0, 0);
    piece.putBlock(0, blockBytes(0), 1);
    expect(piece.putStream(new Uint8Array(BLOCK - 1000), 1000, 0, 0)).toBe(BLOCK - 1000);
    expect(piece.buffer.slice(0, BLOCK)).toEqual(blockBytes(0));
    expect(piece.sourceOfBlock[0]).toBe(1);
  });

  test('bytes by source add up to the piece', () => {
    const piece = newPiece();
    piece.putBlock(0, blockBytes(0), 7);
    piece.putBlock(3, blockBytes(3), 7);
    piece.putStream(TRUE_BYTES.slice(BLOCK, 3 * BLOCK), BLOCK, 0, 2);
    expect([...piece.bytesBySource()]).toEqual([
      [7, BLOCK + 100],
      [2, 2 * BLOCK],
    ]);
  });
});

/** A way in which bytes come: a peer's block, or the next part of one of two streams. */
const arrival = fc.oneof(
  fc.record({ kind: fc.constant('block' as const), block: fc.nat(3) }),
  fc.record({
    kind: fc.constant('stream' as const),
    stream: fc.nat(1),
    length: fc.integer({ min: 1, max: 2 * BLOCK }),
  }),
);

test('whatever the order, a complete piece has exactly the right bytes, and what is marked is right before', () => {
  fc.assert(
    fc.property(
      fc.array(arrival, { maxLength: 40 }),
      fc.tuple(fc.nat(LENGTH - 1), fc.nat(LENGTH - 1)),
      (arrivals, starts) => {
        const piece = newPiece();
        const reached = [...starts];
        let wanted = 0;
        let given = 0;
        for (const came of arrivals) {
          if (piece.isComplete) break;
          if (came.kind === 'block') {
            given += piece.blockLength(came.block);
            if (piece.putBlock(came.block, blockBytes(came.block), 9)) wanted += piece.blockLength(came.block);
            continue;
          }
          const at = reached[came.stream] as number;
          const part = TRUE_BYTES.slice(at, at + came.length);
          piece.putStream(part, at, starts[came.stream] as number, came.stream);
          reached[came.stream] = at + part.length;
        }
        // The rest comes from one peer, whatever was there.
        for (const block of [3, 1, 0, 2]) {
          const wasThere = piece.hasBlock(block);
          const slice = piece.buffer.slice(block * BLOCK, (block + 1) * BLOCK);
          if (wasThere) expect(Buffer.compare(slice, blockBytes(block))).toBe(0);
          expect(piece.putBlock(block, blockBytes(block), 9)).toBe(!wasThere);
        }
        expect(piece.isComplete).toBe(true);
        expect(Buffer.compare(piece.buffer, TRUE_BYTES)).toBe(0);
        expect([...piece.bytesBySource().values()].reduce((a, b) => a + b)).toBe(LENGTH);
        expect(wanted).toBeLessThanOrEqual(given);
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

test('streams that together cover the piece complete it, each from a block border', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.array(fc.integer({ min: 1, max: BLOCK }), { minLength: 1 }), (border, lengths) => {
      const piece = newPiece();
      const middle = border * BLOCK;
      const stream = (start: number, end: number, source: number) => {
        for (let at = start, turn = 0; at < end; turn++) {
          const to = Math.min(at + (lengths[turn % lengths.length] ?? 1) + 500, end);
          piece.putStream(TRUE_BYTES.subarray(at, to), at, start, source);
          at = to;
        }
      };
      stream(middle, LENGTH, 1);
      expect(piece.isComplete).toBe(border === 0);
      stream(0, middle, 0);
      expect(piece.isComplete).toBe(true);
      expect(Buffer.compare(piece.buffer, TRUE_BYTES)).toBe(0);
    }),
    { seed: 1, numRuns: 100 },
  );
});
