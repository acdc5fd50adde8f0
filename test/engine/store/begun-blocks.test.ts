import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BegunBlock, BegunBlocks } from '../../../src/engine/store/begun-blocks.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';

const A = 'http://a.test/' as OriginUrl;
const B = 'http://b.test/' as OriginUrl;
const ALL = pseudoRandomBytes(1, 2_000_000);
const content = (startByte: number, endByte: number) => ALL.subarray(startByte, endByte);
const begun = (endByte: number, startByte = 0) => {
  const block = new BegunBlock(4 * BLOCK_LENGTH_BYTES, startByte);
  block.add(content(startByte, endByte));
  return block;
};

test('whatever parts a stream comes in, what it brought of the last block is there, and no more', () => {
  const parts = fc.array(fc.integer({ min: 0, max: 3 * BLOCK_LENGTH_BYTES }), { maxLength: 8 });
  const pieceLength = fc.constantFrom(BLOCK_LENGTH_BYTES, 4 * BLOCK_LENGTH_BYTES, 40_000);
  fc.assert(
    fc.property(parts, pieceLength, fc.nat(3), (lengths, pieceLengthBytes, startPiece) => {
      const startByte = startPiece * pieceLengthBytes;
      const block = new BegunBlock(pieceLengthBytes, startByte);
      let position = startByte;
      for (const length of lengths) {
        block.add(content(position, position + length));
        position += length;
      }
      const inPiece = position % pieceLengthBytes;
      expect(block.startByte).toBe(position - (inPiece % BLOCK_LENGTH_BYTES));
      expect(Buffer.compare(block.bytes, content(block.startByte, position))).toBe(0);
    }),
  );
});

test('is given back once, to the origin that brought it and for the block that it is of', () => {
  const blocks = new BegunBlocks(() => expect.fail('nothing is lost'));
  blocks.keep(A, begun(BLOCK_LENGTH_BYTES + 10));
  expect(blocks.take(B, BLOCK_LENGTH_BYTES)).toHaveLength(0);
  expect(blocks.take(A, 0)).toHaveLength(0);
  expect(blocks.take(A, BLOCK_LENGTH_BYTES)).toEqual(
    new Uint8Array(content(BLOCK_LENGTH_BYTES, BLOCK_LENGTH_BYTES + 10)),
  );
  expect(blocks.take(A, BLOCK_LENGTH_BYTES)).toHaveLength(0);
});

test('only the latest are kept, and what is forgotten is told', () => {
  let lostBytes = 0;
  const blocks = new BegunBlocks((bytes) => {
    lostBytes += bytes;
  });
  const startOf = (index: number) => index * BLOCK_LENGTH_BYTES;
  for (let index = 0; index < 100; index++) blocks.keep(A, begun(startOf(index) + 1, startOf(index)));
  const kept = Array.from({ length: 100 }, (_, index) => blocks.take(A, startOf(index)).length);
  expect(kept.reduce((sum, length) => sum + length)).toBe(64);
  expect(kept.slice(-64)).toEqual(new Array(64).fill(1));
  expect(lostBytes).toBe(36);
  blocks.keep(A, begun(5));
  blocks.forgetAll();
  expect(lostBytes).toBe(36 + 5);
});
