import { expect, test } from 'vitest';
import { pieceRuns } from '../../../src/engine/playback/piece-looks.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import { MISSING, markOf, WAS_HERE } from '../../../src/engine/store/journal.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { PIECE_LOOKS } from '../../../src/model/player.ts';

const PIECE = 65_536;
const at = (piece: number) => piece as PieceIndex;
const looks = (marks: readonly number[], board: Parameters<typeof pieceRuns>[0]['board'], first = 0) =>
  pieceRuns({ marks: Uint8Array.from(marks), board }, { firstPiece: at(first), endPiece: at(marks.length) }).map(
    ([look, count]) => `${PIECE_LOOKS[look]} ${count}`,
  );

test('pieces look like who brought them, run by run', () => {
  const marks = [WAS_HERE, WAS_HERE, markOf(1, 0), markOf(0, 1), markOf(0, 1), markOf(1, 1), MISSING];
  expect(looks(marks, null)).toEqual(['here 2', 'peer 1', 'origin 2', 'mixed 1', 'missing 1']);
  expect(looks(marks, null, 4)).toEqual(['origin 1', 'mixed 1', 'missing 1']);
});

test('those that are on their way are asked for, and those that failed are bad', () => {
  const map = new PieceMap(PIECE, 6 * PIECE, new Uint8Array(6));
  map.take(1, 0, 2 * PIECE);
  map.begin(at(2), null);
  map.begin(at(3), null);
  map.ask(at(3), 1, 'ann' as PeerId);
  const board = { map, suspect: new Set([at(5)]) };
  expect(looks([0, 0, 0, 0, 0, 0], board)).toEqual(['asked 2', 'missing 1', 'asked 1', 'missing 1', 'bad 1']);
});
