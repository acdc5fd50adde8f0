import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import type { PlanView } from '../../../src/engine/schedule/plan-view.ts';
import { isOfTurn, keptForFew, turnsOf } from '../../../src/engine/schedule/scarce-work.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { PIECE, smallPeer, smallView } from './small-view.ts';

const everyEighth = (piece: PieceIndex) => piece % 8 === 7;
/** Forty pieces, of which `few` has five and brings one a second. */
const few = smallPeer('few', { has: everyEighth, rateBytesPerS: PIECE });
const all = smallPeer('all', { rateBytesPerS: PIECE });

function keptIn(withinS: number, other: Partial<PlanView>): number[] | null {
  const kept = keptForFew(new Draft(smallView(40, other)), withinS);
  return kept === null ? null : Array.from({ length: 40 }, (_, piece) => piece).filter((piece) => kept.has(piece));
}

describe('pieces are kept for a peer that has few', () => {
  test.each<[string, number, Partial<PlanView>, number[] | null]>([
    ['when it could run out of work', 20, { peers: [few, all] }, [7, 15, 23, 31, 39]],
    ['not when there is no time to bring them all', 2, { peers: [few, all] }, null],
    ['not when the time is over', 0, { peers: [few, all] }, null],
    ['not when there is nobody else', 20, { peers: [few] }, null],
    ['not when it has everything', 20, { peers: [all, smallPeer('too')] }, null],
    ['not when it has nothing', 20, { peers: [smallPeer('none', { has: () => false }), all] }, null],
    ['not when nobody knows how fast it is', 20, { peers: [{ ...few, rateBytesPerS: null }, all] }, null],
    [
      'not those that it was wrong about',
      20,
      { peers: [{ ...few, barred: new Set([7 as PieceIndex]) }, all] },
      [15, 23, 31, 39],
    ],
  ])('%s', (_name, withinS, other, expected) => {
    expect(keptIn(withinS, other)).toEqual(expected);
  });

  test('sooner when it may become much faster', () => {
    const draft = new Draft(smallView(40, { peers: [few, all] }));
    expect(keptForFew(draft, 2, 2)).toBe(null);
    expect(keptForFew(draft, 2, 4)?.has(7)).toBe(true);
  });

  test('also while it is slow for a few seconds', () => {
    const slow = { ...few, rateBytesPerS: PIECE / 10 };
    expect(keptIn(20, { peers: [slow, all] })).toBe(null);
    expect(keptIn(20, { peers: [{ ...slow, usualBytesPerS: PIECE }, all] })).toEqual([7, 15, 23, 31, 39]);
  });

  test('but not most of them: then nothing would be kept for who needs it most', () => {
    const most = smallPeer('most', { has: (piece) => piece % 8 < 6, rateBytesPerS: 4 * PIECE });
    expect(keptIn(20, { peers: [few, most, all] })).toEqual([7, 15, 23, 31, 39]);
    const some = smallPeer('some', { has: (piece) => piece % 8 < 2, rateBytesPerS: PIECE });
    expect(keptIn(20, { peers: [few, some, all] })).toHaveLength(15);
  });

  test('not when all pieces are here', () => {
    const view = smallView(8, { peers: [few, all] });
    for (let piece = 0; piece < 8; piece++) view.map.hold(piece as PieceIndex);
    expect(keptForFew(new Draft(view), 20)).toBe(null);
  });
});

describe('the turn of a piece', () => {
  const draftOf = (reservedPieces: number, keeps: boolean): Draft => {
    const draft = new Draft(smallView(40, { peers: [few, all], seed: 38 }));
    draft.reservedPieces = reservedPieces;
    draft.kept = keeps ? keptForFew(draft, 20) : null;
    return draft;
  };

  test.each<[string, Draft, readonly number[]]>([
    ['there is one when all are alike', draftOf(0, false), [0]],
    ['what is reserved for origins comes second', draftOf(4, false), [0, 2]],
    ['what is kept has two of its own', draftOf(4, true), [0, 1, 2, 3]],
  ])('%s', (_name, draft, turns) => {
    expect(turnsOf(draft)).toEqual(turns);
  });

  test.each([
    ['any other', 5, 0],
    ['kept for a peer', 7, 1],
    ['reserved, from the place that the seed names', 38, 2],
    ['reserved and kept', 39, 3],
    ['reserved, past the end and on from the first', 1, 2],
  ] as const)('%s', (_name, piece, turn) => {
    const draft = draftOf(4, true);
    expect(turnsOf(draft).filter((it) => isOfTurn(draft, piece, it))).toEqual([turn]);
  });
});
