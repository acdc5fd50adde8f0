import { expect, test } from 'vitest';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import { plan } from '../../../src/engine/schedule/plan.ts';
import type { PlanView, RunView } from '../../../src/engine/schedule/plan-view.ts';
import { BLOCK, PIECE, smallOrigin, smallView } from './small-view.ts';

const PIECES = 400;
const origin = smallOrigin(); // four MB/s, first byte after 0.1 s

/** An origin streams these pieces, and has come so far; somebody plays from a piece on, which lasts a second. */
function decided(
  run: readonly [from: number, to: number],
  at: number,
  plays: number | null,
  other: Partial<PlanView> = {},
) {
  const map = new PieceMap(PIECE, PIECES * PIECE, new Uint8Array(PIECES));
  for (let piece = run[0]; piece < Math.floor(at); piece++) map.hold(piece as never);
  map.take(1, run[0] * PIECE, run[1] * PIECE);
  const view: RunView = {
    run: 1,
    origin: origin.origin,
    positionByte: at * PIECE,
    endByte: run[1] * PIECE,
    rateBytesPerS: 4_000_000,
    silentS: 0,
  };
  const playback = plays === null ? null : { positionByte: plays * PIECE, bytesPerS: PIECE };
  return plan(smallView(PIECES, { policy: 'fastest', map, playback, origins: [origin], runs: [view], ...other })).map(
    (it) => {
      if (it.type === 'shorten-run') return `ends at ${it.endByte / PIECE}`;
      return it.type === 'start-run' ? `streams from ${it.startByte / PIECE}` : it.type;
    },
  );
}

test.each([
  [
    'a jump beyond what a long run brings ends it, and what is needed is streamed',
    [0, 100],
    10,
    300,
    ['ends at 10.0625', 'streams from 300'],
  ],
  [
    'a jump to the end of what a long run brings ends it, too',
    [0, 100],
    10,
    99,
    ['ends at 10.0625', 'streams from 99'],
  ],
  ['a jump back, too', [200, 300], 210, 150, ['ends at 210.0625', 'streams from 150']],
  ['a run that is in what is needed goes on', [0, 100], 10, 10, []],
  ['one that is about to come to what is needed, too', [0, 100], 10, 11.5, []],
  ['one that is almost there, too', [0, 100], 10, 12, []],

  ['without a player runs go on', [0, 100], 10, null, ['streams from 100', 'streams from 200']],
] as const)('%s', (_name, run, at, plays, expected) => {
  const made = decided(run, at, plays);
  expect(plays === null ? made.filter((it) => it.startsWith('ends')) : made.slice(0, expected.length)).toEqual(
    plays === null ? [] : expected,
  );
  if (expected.length === 0) expect(made.filter((it) => it.startsWith('ends'))).toEqual([]);
});

test('a piece that failed stays with its one source, and an origin that gives only whole files is left alone', () => {
  expect(decided([0, 100], 10, 300, { suspect: new Set([10 as never]) })).toEqual([]);
  expect(decided([0, 100], 10, 300, { origins: [{ ...origin, ignoresRanges: true }] })).toEqual([]);
  expect(BLOCK * 16).toBe(PIECE);
});
