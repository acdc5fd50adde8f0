import { expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import { trimRuns } from '../../../src/engine/schedule/trim-runs.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { askAll, BLOCK, PIECE, smallOrigin, smallView } from './small-view.ts';

/** A run brings the first pieces, and has come so far; what else is here came from peers. Returns where it is to end. */
function endOf(positionByte: number, comes: (map: PieceMap) => void, isPlayed = true, suspect: number[] = []): number {
  const origin = smallOrigin();
  const map = new PieceMap(PIECE, 4 * PIECE, new Uint8Array(4));
  askAll(map, 0, 'bob');
  askAll(map, 1, 'bob');
  map.take(1, 0, 2 * PIECE);
  comes(map);
  const run = { run: 1, origin: origin.origin, positionByte, endByte: 2 * PIECE, rateBytesPerS: 1e6, silentS: 0 };
  const playback = isPlayed ? { positionByte: 0, bytesPerS: PIECE } : null;
  const draft = new Draft(
    smallView(4, { map, playback, origins: [origin], runs: [run], suspect: new Set(suspect as PieceIndex[]) }),
  );
  trimRuns(draft);
  const [cut] = draft.decisions;
  return cut?.type === 'shorten-run' ? cut.endByte : 2 * PIECE;
}

const comesWhole = (piece: number) => (map: PieceMap) => map.hold(piece as PieceIndex);
const comesFrom = (piece: number, block: number) => (map: PieceMap) => {
  for (let at = block; at < PIECE / BLOCK; at++) map.came(piece as PieceIndex, at);
};

test.each<[string, number, number]>([
  ['goes on while nothing of it is here', endOf(0, () => undefined), 2 * PIECE],
  ['ends before a piece that is here', endOf(0, comesWhole(1)), PIECE],
  ['ends before blocks that are here', endOf(0, comesFrom(1, 12)), PIECE + 12 * BLOCK],
  ['goes on to what is not here behind what is', endOf(0, comesWhole(0)), 2 * PIECE],
  ['brings the block that it is in to its end', endOf(PIECE + 5, comesFrom(1, 0)), PIECE + BLOCK],
  ['ends at once between two blocks', endOf(PIECE + BLOCK, comesFrom(1, 1)), PIECE + BLOCK],
  ['brings a suspect piece alone', endOf(0, comesFrom(1, 12), true, [1]), 2 * PIECE],
  ['is left alone when nobody plays', endOf(0, comesWhole(1), false), 2 * PIECE],
])('a run that peers have overtaken %s', (_name, endByte, expected) => {
  expect(endByte).toBe(expected);
});
