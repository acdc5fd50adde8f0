import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimMessages, readClaim } from '../../../src/engine/swarm/claims-extension.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';

const message = (...numbers: readonly number[]) => {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  for (const [i, number] of numbers.entries()) view.setUint32(i * 4, number);
  return new Uint8Array(view.buffer);
};
const manyRuns = (count: number) => message(...Array.from({ length: count }, (_, i) => [2 * i, 1]).flat());

test.each<[string, Uint8Array, number, number[] | null]>([
  ['two runs', message(3, 2, 9, 1), 10, [3, 4, 9]],
  ['runs that touch', message(0, 1, 1, 1), 2, [0, 1]],
  ['no run', message(), 10, null],
  ['half a run', message(3, 2).subarray(0, 7), 10, null],
  ['an empty run', message(3, 0), 10, null],
  ['one piece too many', message(9, 2), 10, null],
  ['a first piece past the end', message(10, 1), 10, null],
  ['a length that would wrap around', message(1, 0xffff_ffff), 10, null],
  ['all that 32 bits can say', message(0xffff_ffff, 0xffff_ffff), 10, null],
  ['a piece twice', message(3, 2, 4, 1), 10, null],
  ['falling order', message(9, 1, 3, 1), 10, null],
  ['more pieces than may be claimed at once', message(0, 4_097), 1_000_000, null],
  ['more pieces than may be claimed at once, in two runs', message(0, 4_000, 5_000, 97), 1_000_000, null],
  ['more runs than a message has', manyRuns(129), 1_000_000, null],
])('a claim of %s', (_name, bytes, pieceCount, expected) => {
  expect(readClaim(bytes, pieceCount)).toEqual(expected);
});

test('what is claimed is what is read, in however many messages', () => {
  const anyPieces = fc.oneof(
    fc.array(fc.nat(20_000), { maxLength: 600 }),
    fc.tuple(fc.nat(9_000), fc.nat(9_000)).map(([start, length]) => Array.from({ length }, (_, i) => start + i)),
  );
  fc.assert(
    fc.property(anyPieces, (pieces) => {
      const read = claimMessages(pieces as PieceIndex[]).map((bytes) => readClaim(bytes, 20_001));
      expect(read).not.toContain(null);
      expect(read.flat()).toEqual([...new Set(pieces)].sort((a, b) => a - b));
    }),
    { seed: 10, numRuns: 200 },
  );
});

test('any bytes are read or refused, and never name a piece that is not there', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(5_000), (bytes, pieceCount) => {
      for (const piece of readClaim(bytes, pieceCount) ?? []) expect(piece).toBeLessThan(pieceCount);
    }),
    { seed: 11, numRuns: 500 },
  );
});
