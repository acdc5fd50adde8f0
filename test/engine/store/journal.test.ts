import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesOfMark,
  JOURNAL_HEADER_BYTES,
  MISSING,
  markOf,
  marksOfJournal,
  newJournal,
  WAS_HERE,
} from '../../../src/engine/store/journal.ts';

const HASH = '0123456789abcdef0123456789abcdef01234567';

describe('the mark of a piece', () => {
  test.each([
    ['all from peers', 32_768, 0, { peerBytes: 32_768, originBytes: 0, hereBytes: 0 }],
    ['all from origins', 0, 32_768, { peerBytes: 0, originBytes: 32_768, hereBytes: 0 }],
    ['from nobody, found in the store', 0, 0, { peerBytes: 0, originBytes: 0, hereBytes: 32_768 }],
  ])('%s is kept exactly', (_name, peerBytes, originBytes, expected) => {
    expect(bytesOfMark(markOf(peerBytes, originBytes), 32_768)).toEqual(expected);
  });

  test('half and half is kept to a part in 253', () => {
    const { peerBytes } = bytesOfMark(markOf(16_384, 16_384), 32_768);
    expect(Math.abs(peerBytes - 16_384)).toBeLessThanOrEqual(32_768 / 253);
  });

  test('a missing piece has no bytes', () => {
    expect(bytesOfMark(MISSING, 99)).toEqual({ peerBytes: 0, originBytes: 0, hereBytes: 0 });
  });

  test('is never that of a missing piece, and its bytes add up', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 26), fc.nat(2 ** 26), (peerBytes, originBytes) => {
        const mark = markOf(peerBytes, originBytes);
        expect(mark).toBeGreaterThan(MISSING);
        expect(mark).toBeLessThanOrEqual(WAS_HERE);
        const total = peerBytes + originBytes;
        const split = bytesOfMark(mark, total);
        expect(split.peerBytes + split.originBytes + split.hereBytes).toBe(total);
        expect(Math.abs(split.peerBytes - peerBytes)).toBeLessThanOrEqual(total / 253 + 1);
      }),
      { seed: 1 },
    );
  });

  test('every byte is some mark whose bytes add up to the piece', () => {
    for (let mark = 1; mark <= 255; mark++) {
      const { peerBytes, originBytes, hereBytes } = bytesOfMark(mark, 1_000_003);
      expect(peerBytes + originBytes + hereBytes).toBe(1_000_003);
      expect(Math.min(peerBytes, originBytes, hereBytes)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a journal', () => {
  test('gives back the marks that were written behind its header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (marks) => {
        const bytes = newJournal(HASH, marks.length);
        bytes.set(marks, JOURNAL_HEADER_BYTES);
        expect(marksOfJournal(bytes, HASH, marks.length)).toEqual(marks);
      }),
      { seed: 1 },
    );
  });

  test('that is new has nothing', () => {
    expect(marksOfJournal(newJournal(HASH, 3), HASH, 3)).toEqual(new Uint8Array(3));
  });

  const whole = newJournal(HASH, 10);
  const spoiled = (at: number) => whole.map((byte, index) => (index === at ? byte ^ 1 : byte));
  test.each([
    ['empty', new Uint8Array(0)],
    ['cut short by one mark', whole.slice(0, -1)],
    ['cut in its header', whole.slice(0, 20)],
    ['one mark too long', Uint8Array.of(...whole, 1)],
    ['of another kind', spoiled(0)],
    ['of another version', spoiled(4)],
    ['of another number of pieces', spoiled(11)],
    ['of another torrent', spoiled(31)],
    ['of zeros, as a crash leaves a file that only has its size', new Uint8Array(whole.length)],
  ])('is not believed when it is %s', (_name, bytes) => {
    expect(marksOfJournal(bytes, HASH, 10)).toBeNull();
  });

  test('gives marks of its own, not a window on the bytes', () => {
    const bytes = newJournal(HASH, 2);
    const marks = marksOfJournal(bytes, HASH, 2);
    bytes[JOURNAL_HEADER_BYTES] = 9;
    expect(marks).toEqual(new Uint8Array(2));
  });
});
