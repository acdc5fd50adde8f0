import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listWindow } from '../../../../src/ui/manager/list/list-window.ts';

test.each([
  ['nothing of nothing', 0, 0, 700, { first: 0, end: 0 }],
  ['all of a short list', 12, 0, 700, { first: 0, end: 12 }],
  ['the beginning of a long one', 5_000, 0, 700, { first: 0, end: 32 }],
  ['the middle of it', 5_000, 34_000, 700, { first: 992, end: 1_032 }],
  ['its end', 5_000, 169_300, 700, { first: 4_968, end: 5_000 }],
  ['a list that became short under the scroll', 10, 169_300, 700, { first: 10, end: 10 }],
])('draws %s', (_name, count, top, height, expected) => {
  expect(listWindow(count, 34, top, height)).toEqual(expected);
});

test('has every row in sight and few more', () => {
  const numbers = [fc.nat(10_000), fc.integer({ min: 20, max: 80 }), fc.nat(400_000), fc.nat(3_000)] as const;
  fc.assert(
    fc.property(...numbers, (count, rowHeight, top, height) => {
      const { first, end } = listWindow(count, rowHeight, top, height);
      const firstSeen = Math.min(Math.floor(top / rowHeight), count);
      const endSeen = Math.min(Math.ceil((top + height) / rowHeight), count);
      expect(first).toBeLessThanOrEqual(firstSeen);
      expect(end).toBeGreaterThanOrEqual(endSeen);
      expect(end - first).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 34);
    }),
  );
});
