import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileView } from '../../../src/model/file-view.ts';
import type { FileIndex } from '../../../src/model/ids.ts';
import { filesOfPiece } from '../../../src/ui/detail/piece-files.ts';
import { layOutPieces, pieceAfterKey, pieceAt } from '../../../src/ui/detail/piece-grid.ts';
import { changedPieces, countLooks, expandRuns, LOOK, lookOfMany } from '../../../src/ui/detail/piece-looks.ts';
import { drawTiles } from '../../../src/ui/detail/piece-tiles.ts';
import { PiecesModel } from '../../../src/ui/detail/pieces-model.ts';

describe('looks of pieces', () => {
  test('are one byte a piece; what is not told of is missing, what is beyond the end is left out', () => {
    expect([
      ...expandRuns(
        [
          [LOOK.peer, 2],
          [LOOK.origin, 1],
        ],
        5,
      ),
    ]).toEqual([3, 3, 4, 0, 0]);
    expect([...expandRuns([[LOOK.peer, 9]], 2)]).toEqual([3, 3]);
  });

  test('are counted by look', () => {
    const counts = countLooks(
      expandRuns(
        [
          [LOOK.peer, 2],
          [LOOK.bad, 1],
          [LOOK.peer, 1],
        ],
        6,
      ),
    );
    expect(counts).toEqual([2, 0, 0, 3, 0, 0, 1]);
  });

  test('that have changed are found, all of them when there are more pieces now', () => {
    expect(changedPieces(Uint8Array.of(0, 1, 2), Uint8Array.of(0, 3, 2))).toEqual([1]);
    expect(changedPieces(Uint8Array.of(0), Uint8Array.of(0, 0))).toEqual([0, 1]);
  });

  test.each([
    ['a peer and an origin are both', ['peer', 'origin'], 'mixed'],
    ['one from peers stands for all from peers', ['peer', 'peer'], 'peer'],
    ['what is missing is seen', ['peer', 'missing', 'origin'], 'missing'],
    ['what is asked for is more than missing', ['missing', 'asked', 'missing'], 'asked'],
    ['what is bad is seen before all', ['asked', 'bad', 'peer'], 'bad'],
    ['what was here counts least', ['here', 'origin'], 'origin'],
  ] as const)('several in one cell: %s', (_name, looks, expected) => {
    const bytes = Uint8Array.from(looks, (look) => LOOK[look]);
    expect(lookOfMany(bytes, 0, bytes.length)).toBe(LOOK[expected]);
  });
});

describe('the grid', () => {
  test('has room for every piece, and is never much higher than is pleasant', () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 400_000 }),
      widthPx: fc.integer({ min: 200, max: 1_600 }),
      ratio: fc.constantFrom(1, 1.25, 2, 3),
    });
    fc.assert(
      fc.property(sizes, ({ count, widthPx, ratio }) => {
        const grid = layOutPieces(count, widthPx, ratio);
        expect(grid.columns * grid.rows * grid.piecesPerCell).toBeGreaterThanOrEqual(count);
        expect(grid.widthPx).toBeLessThanOrEqual(Math.max(widthPx * ratio, grid.cellPx));
        expect(grid.heightPx / ratio).toBeLessThanOrEqual(300);
        expect(grid.gapPx).toBeLessThan(grid.cellPx);
      }),
      { seed: 7 },
    );
  });

  test('finds the piece under the pointer, and none beyond the last', () => {
    const grid = layOutPieces(100, 160, 1); // ten in a line
    expect(grid.columns).toBe(10);
    expect(pieceAt(grid, 17, 33, 100)).toBe(21);
    expect(pieceAt(grid, 159, 159, 95)).toBe(null);
    expect(pieceAt(grid, 161, 0, 100)).toBe(null);
  });

  test.each([
    ['ArrowRight', 6],
    ['ArrowLeft', 4],
    ['ArrowDown', 15],
    ['ArrowUp', 0],
    ['Home', 0],
    ['End', 99],
    ['PageDown', 99],
    ['a', null],
  ])('%s leads from piece 5 to %s', (key, expected) => {
    expect(pieceAfterKey(key, 5, 100, { columns: 10, piecesPerCell: 1 }, false)).toBe(expected);
  });

  test('arrows lead the other way where one reads from the right', () => {
    expect(pieceAfterKey('ArrowRight', 5, 100, { columns: 10, piecesPerCell: 1 }, true)).toBe(4);
  });
});

test('every look is told from every other without its colour', () => {
  const colours = { peer: 1, origin: 1, stripe: 2, here: 1, missing: 3, asked: 1, bad: 1 };
  const tiles = drawTiles(10, 1, colours).map((tile) => tile.join());
  expect(new Set(tiles).size).toBe(tiles.length);
});

describe('the files of a piece', () => {
  const file = (index: number, lengthBytes: number): FileView => ({
    index: index as FileIndex,
    path: [`${index}`],
    lengthBytes,
    priority: 'normal',
    hereBytes: 0,
    isSaved: false,
  });
  const indexes = (files: readonly FileView[] | null) => files?.map(({ index }) => index) ?? null;

  test('are those that lie over it, without empty ones', () => {
    const files = [file(0, 15), file(1, 0), file(2, 10)];
    expect(indexes(filesOfPiece(files, 1, 10, 3))).toEqual([0, 2]);
    expect(indexes(filesOfPiece(files, 0, 10, 3))).toEqual([0]);
  });

  test('begin with a piece after padding', () => {
    const files = [file(0, 15), file(2, 10)];
    expect(indexes(filesOfPiece(files, 1, 10, 3))).toEqual([0]);
    expect(indexes(filesOfPiece(files, 2, 10, 3))).toEqual([2]);
  });

  test('are not guessed when the lengths do not fit', () => {
    expect(filesOfPiece([file(0, 15)], 0, 10, 3)).toBe(null);
  });
});

describe('the model of the map', () => {
  const pieces = { count: 4, lengthBytes: 16_384, rarestCopies: 1 };

  test('gives the same array while nothing changes', () => {
    const model = new PiecesModel();
    model.take({ ...pieces, runs: [[LOOK.peer, 2]] });
    const before = model.looks.value;
    model.take({
      ...pieces,
      runs: [
        [LOOK.peer, 1],
        [LOOK.peer, 1],
      ],
    });
    expect(model.looks.value).toBe(before);
    model.take({ ...pieces, runs: [[LOOK.peer, 3]] });
    expect(model.counts.value).toEqual([1, 0, 0, 3, 0, 0, 0]);
  });

  test('knows that nothing can be known before the metadata', () => {
    const model = new PiecesModel();
    expect(model.facts.value).toBe(undefined);
    model.take(null);
    expect(model.facts.value).toBe(null);
  });
});
