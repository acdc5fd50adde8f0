import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fileRangesOfPiece,
  fileRangesOfSpan,
  isStartOfFile,
  piecesOfFile,
} from '../../../src/engine/torrent/file-ranges.ts';
import { blockCountOfPiece, lengthOfBlock, lengthOfPiece } from '../../../src/engine/torrent/piece-length.ts';
import type { FileIndex, PieceIndex } from '../../../src/model/ids.ts';
import { cpuMs } from './cpu-time.ts';
import { filesOf } from './torrent-bytes.ts';

function layoutOf(list: readonly (readonly [string, number])[], pieceLengthBytes: number) {
  const files = filesOf(list);
  const lengthBytes = files.reduce((sum, file) => sum + file.lengthBytes, 0);
  return { files, lengthBytes, pieceLengthBytes, pieceCount: Math.ceil(lengthBytes / pieceLengthBytes) };
}

const lines = (ranges: ReturnType<typeof fileRangesOfSpan>) =>
  ranges.map(({ file, startByte, endByte }) => `${file}:${startByte}-${endByte}`);

describe('fileRangesOfPiece and fileRangesOfSpan', () => {
  const layout = layoutOf(
    [
      ['empty', 0],
      ['a', 100],
      ['.pad/20', 20],
      ['b', 5],
      ['', 0],
      ['c', 75],
      ['last', 0],
    ],
    60,
  );

  test.each([
    ['a piece within a file', 0, ['1:0-60']],
    ['a piece over padding', 1, ['1:60-100']],
    ['a piece over an empty file', 2, ['3:0-5', '5:0-55']],
    ['the short last piece', 3, ['5:55-75']],
  ])('finds the files of %s', (_name, piece, expected) => {
    expect(lines(fileRangesOfPiece(layout, piece as PieceIndex))).toEqual(expected);
  });

  test.each([
    ['a file', 0, true],
    ['within a file', 60, false],
    ['padding', 100, false],
    ['a file after padding', 120, true],
    ['a file after an empty one', 125, true],
    ['nothing', 200, false],
  ])('knows whether %s begins there', (_name, byte, expected) => {
    expect(isStartOfFile(layout, byte)).toBe(expected);
  });

  test.each([
    ['everything', 0, 200, ['1:0-100', '3:0-5', '5:0-75']],
    ['one byte', 99, 100, ['1:99-100']],
    ['padding only', 100, 120, []],
    ['nothing', 50, 50, []],
    ['nothing at the end', 200, 200, []],
  ])('finds the files of %s', (_name, startByte, endByte, expected) => {
    expect(lines(fileRangesOfSpan(layout, startByte, endByte))).toEqual(expected);
  });

  test.each([
    ['before the first piece', () => fileRangesOfPiece(layout, -1 as PieceIndex)],
    ['after the last piece', () => fileRangesOfPiece(layout, 4 as PieceIndex)],
    ['before the first byte', () => fileRangesOfSpan(layout, -1, 5)],
    ['after the last byte', () => fileRangesOfSpan(layout, 0, 201)],
    ['backwards', () => fileRangesOfSpan(layout, 5, 4)],
    ['at no number', () => fileRangesOfSpan(layout, Number.NaN, 5)],
    ['of no file', () => piecesOfFile(layout, 7 as FileIndex)],
  ])('throws for what lies %s', (_name, ask) => {
    expect(ask).toThrow(RangeError);
  });

  test.each([
    ['a file over two pieces', 1, [0, 2]],
    ['a file within a piece', 3, [2, 3]],
    ['a file up to the end', 5, [2, 4]],
    ['an empty file', 4, [2, 2]],
    ['an empty file at the end', 6, [3, 3]],
  ])('finds the pieces of %s', (_name, file, expected) => {
    const { firstPiece, endPiece } = piecesOfFile(layout, file as FileIndex);
    expect([firstPiece, endPiece]).toEqual(expected);
  });

  const anyLayout = fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom('f', '.pad/x'), fc.oneof(fc.constant(0), fc.nat(300))), { minLength: 1 }),
      fc.integer({ min: 1, max: 200 }),
    )
    .map(([list, pieceLengthBytes]) => layoutOf(list, pieceLengthBytes))
    .filter((one) => one.lengthBytes > 0);

  test('the pieces cover every byte of every file once, in order, and nothing else', () => {
    fc.assert(
      fc.property(anyLayout, (one) => {
        const reached = new Map<number, number>();
        for (let piece = 0; piece < one.pieceCount; piece++) {
          for (const { file, startByte, endByte } of fileRangesOfPiece(one, piece as PieceIndex)) {
            expect(startByte).toBe(reached.get(file) ?? 0);
            reached.set(file, endByte);
            const { firstPiece, endPiece } = piecesOfFile(one, file);
            expect(firstPiece <= piece && piece < endPiece).toBe(true);
          }
        }
        const expected = one.files.filter((file) => !file.isPadding && file.lengthBytes > 0);
        expect([...reached]).toEqual(expected.map((file) => [file.index, file.lengthBytes]));
      }),
    );
  });

  test('finds files among 100,000 without walking through them', async () => {
    const list = Array.from({ length: 100_000 }, (_, at) => [`${at}`, 1000] as const);
    const large = layoutOf(list, 16_384);
    const all = () => {
      for (let piece = 0; piece < large.pieceCount; piece++) fileRangesOfPiece(large, piece as PieceIndex);
    };
    expect(await cpuMs(all)).toBeLessThan(500);
  });
});

describe('lengths of pieces and blocks', () => {
  const layout = { lengthBytes: 100_000, pieceLengthBytes: 40_000, pieceCount: 3 };

  test.each([
    [0, 40_000, [16_384, 16_384, 7232]],
    [1, 40_000, [16_384, 16_384, 7232]],
    [2, 20_000, [16_384, 3616]],
  ])('of piece %i', (index, lengthBytes, blocks) => {
    const piece = index as PieceIndex;
    expect(lengthOfPiece(layout, piece)).toBe(lengthBytes);
    const count = blockCountOfPiece(layout, piece);
    expect(Array.from({ length: count }, (_, block) => lengthOfBlock(layout, piece, block))).toEqual(blocks);
  });

  test('of a last piece that is whole', () => {
    expect(lengthOfPiece({ lengthBytes: 80_000, pieceLengthBytes: 40_000, pieceCount: 2 }, 1 as PieceIndex)).toBe(
      40_000,
    );
  });

  test.each([
    ['piece 3', () => lengthOfPiece(layout, 3 as PieceIndex)],
    ['piece -1', () => lengthOfPiece(layout, -1 as PieceIndex)],
    ['piece 0.5', () => lengthOfPiece(layout, 0.5 as PieceIndex)],
    ['block 3', () => lengthOfBlock(layout, 0 as PieceIndex, 3)],
    ['block -1', () => lengthOfBlock(layout, 0 as PieceIndex, -1)],
  ])('there is no %s', (_name, ask) => {
    expect(ask).toThrow(RangeError);
  });
});
