import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choosePieceLength } from '../../src/publishing/piece-length.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

test.each([
  [1, 256 * KIB],
  [500 * MIB, 256 * KIB],
  [500 * MIB + 1, 512 * KIB],
  [1000 * MIB, 512 * KIB],
  [1_200_000_000, MIB],
  [4000 * MIB, 2 * MIB],
  [8000 * MIB, 4 * MIB],
  [100 * 2 ** 30, 4 * MIB],
  [2 ** 50, 4 * MIB],
])('%d bytes are cut into pieces of %d', (sizeBytes, pieceLengthBytes) => {
  expect(choosePieceLength(sizeBytes)).toBe(pieceLengthBytes);
});

test('a file has 2000 pieces at most while pieces can grow, and never more of them than it would have shorter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 33 }), (sizeBytes) => {
      const lengthBytes = choosePieceLength(sizeBytes);
      if (lengthBytes < 4 * MIB) expect(Math.ceil(sizeBytes / lengthBytes)).toBeLessThanOrEqual(2000);
      if (lengthBytes > 256 * KIB) expect(sizeBytes / (lengthBytes / 2)).toBeGreaterThan(2000);
    }),
  );
});
