import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Islands, isWhole, withBytes } from '../../../src/edge/ranges/islands.ts';

test.each<[string, Islands, readonly [number, number], Islands]>([
  ['the first bytes', [], [0, 10], [0, 10]],
  ['what follows', [0, 10], [10, 20], [0, 20]],
  ['what lies further on', [0, 10], [11, 20], [0, 10, 11, 20]],
  ['what lies before', [10, 20], [0, 5], [0, 5, 10, 20]],
  ['what fills a gap', [0, 10, 20, 30], [10, 20], [0, 30]],
  ['what overlaps several', [0, 10, 20, 30, 40, 50], [5, 45], [0, 50]],
  ['what is there already', [0, 10], [2, 5], [0, 10]],
])('joins %s', (_, islands, [start, end], expected) => {
  expect(withBytes(islands, start, end)).toEqual(expected);
});

test('is whole when every byte came, in whatever order and however often', () => {
  const SIZE = 40;
  const ranges = fc.array(fc.tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: SIZE })), { maxLength: 30 });
  fc.assert(
    fc.property(ranges, (asked) => {
      const came = new Set<number>();
      let islands: Islands = [];
      for (const [start, length] of asked) {
        const end = Math.min(SIZE, start + length);
        for (let byte = start; byte < end; byte += 1) came.add(byte);
        islands = withBytes(islands, start, end);
      }
      expect(isWhole(islands, SIZE)).toBe(came.size === SIZE);
    }),
    { seed: 42 },
  );
});
