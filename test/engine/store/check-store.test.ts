import { expect, test } from 'vitest';
import { doubtfulPieces } from '../../../src/engine/store/check-store.ts';
import { fileRangesOfPiece } from '../../../src/engine/torrent/file-ranges.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

/** Pieces of 32 KiB: 0 in a; 1 in a and b; 2 in b; 3 in b and c. `none` has no bytes. */
const { info } = await smallTorrent({ name: 'n', content: { a: 40_000, none: 0, b: 70_000, c: 10_000 } });

test.each<[string, number[], number[], boolean, number[]]>([
  ['nothing is marked and nothing is there', [0, 0, 0, 0], [0, 0, 0, 0], true, []],
  ['all is marked and all is there', [1, 1, 1, 1], [40_000, 0, 70_000, 10_000], true, []],
  ['files are longer than what is marked needs', [1, 0, 0, 0], [40_000, 0, 0, 0], true, []],
  ['a marked piece lies behind the end of its file', [1, 0, 1, 0], [40_000, 0, 30_000, 0], true, [2]],
  ['a file is gone', [1, 1, 1, 1], [0, 0, 70_000, 10_000], true, [0, 1]],
  ['one file of a piece is a byte short', [1, 1, 1, 1], [39_999, 0, 70_000, 10_000], true, [1]],
  ['the last file is gone', [1, 1, 1, 1], [40_000, 0, 70_000, 0], true, [3]],
  ['the journal was lost and no file is there', [0, 0, 0, 0], [0, 0, 0, 0], false, []],
  ['the journal was lost and all files are there', [0, 0, 0, 0], [40_000, 0, 70_000, 10_000], false, [0, 1, 2, 3]],
  ['the journal was lost and one file is there', [0, 0, 0, 0], [40_000, 0, 0, 0], false, [0]],
])('%s', (_name, marks, sizes, journalWasWhole, expected) => {
  const couldHold = (piece: PieceIndex) =>
    fileRangesOfPiece(info, piece).every((range) => (sizes[range.file] ?? 0) >= range.endByte);
  expect(doubtfulPieces(Uint8Array.from(marks), couldHold, journalWasWhole)).toEqual(expected);
});
