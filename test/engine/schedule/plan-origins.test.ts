import { expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import { planOrigins } from '../../../src/engine/schedule/plan-origins.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { BLOCK, PIECE, smallOrigin, smallView } from './small-view.ts';

/** Where a second request of an origin begins, in pieces, while the first has an eighth of a MiB to bring. */
function secondRunFrom(waitsForBytes: number): number | null {
  const map = new PieceMap(PIECE, 40 * PIECE, new Uint8Array(40));
  map.take(1, 0, 2 * PIECE);
  map.hold(0 as PieceIndex);
  const origin = smallOrigin({ rateBytesPerS: 4 * PIECE, firstByteMs: 300, maxRuns: 3 });
  const run = {
    run: 1,
    origin: origin.origin,
    positionByte: 2 * PIECE - 8 * BLOCK,
    endByte: 2 * PIECE,
    rateBytesPerS: 4 * PIECE,
    silentS: 0,
  };
  const playback = { positionByte: 0, bytesPerS: PIECE, waitsForBytes };
  const draft = new Draft(smallView(40, { playback, origins: [origin], runs: [run], map }));
  planOrigins(draft, 10 * PIECE);
  const begun = draft.decisions.find(({ type }) => type === 'start-run');
  return begun?.type === 'start-run' ? begun.startByte / PIECE : null;
}

test('while a player stands still nothing shares the origin with the last of what it waits for', () => {
  expect(secondRunFrom(2 * PIECE)).toBeNull();
});

test('but when it waits for more, the origin does not pause between two requests', () => {
  expect(secondRunFrom(4 * PIECE)).toBe(2);
});
