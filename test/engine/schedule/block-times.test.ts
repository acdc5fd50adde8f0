import { describe, expect, test } from 'vitest';
import { blockComesS, nextBlockS } from '../../../src/engine/schedule/block-times.ts';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import type { PeerView, RunView } from '../../../src/engine/schedule/plan-view.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { askAll, BLOCK, PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

const piece = 0 as PieceIndex;

/** A piece that bob owes, at four blocks a second. */
function draftOf(bob: Partial<PeerView>, run?: Partial<RunView>): Draft {
  const map = new PieceMap(PIECE, 4 * PIECE, new Uint8Array(4));
  const owes = askAll(map, 0, 'bob');
  const origin = smallOrigin();
  const view = {
    run: 1,
    origin: origin.origin,
    positionByte: 0,
    endByte: PIECE,
    rateBytesPerS: PIECE,
    silentS: 0,
    ...run,
  };
  if (run !== undefined) map.take(1, 0, PIECE);
  const peers = [smallPeer('bob', { owes, rateBytesPerS: 4 * BLOCK, ...bob })];
  return new Draft(smallView(4, { map, peers, origins: [origin], runs: run === undefined ? [] : [view] }));
}

function comesS(draft: Draft, block: number): number {
  const open = draft.map.open(piece);
  if (open === undefined) throw new Error('the piece is not open');
  return blockComesS(draft, draft.times, open, block);
}

describe('a block that a peer owes comes', () => {
  test.each<[string, Draft, number, number]>([
    ['after those before it', draftOf({}), 3, 1],
    ['sooner by what is sent of the first', draftOf({ silentS: 0.2 }), 0, 0.05],
    ['not before a round trip is over', draftOf({ roundTripS: 0.8, silentS: 0.1 }), 0, 0.7],
    ['as late again as it is already', draftOf({ silentS: 0.4 }), 0, 0.4],
    ['later the longer the silence', draftOf({ silentS: 4 }), 0, 4],
    ['with a run, when that is sooner', draftOf({}, {}), 15, 1],
    [
      'with a run that waits for its first byte',
      draftOf({ silentS: 30 }, { rateBytesPerS: null, silentS: 0.04 }),
      0,
      0.06 + BLOCK / (4_000_000 / 3),
    ],
  ])('%s', (_name, draft, block, expected) => {
    expect(comesS(draft, block)).toBeCloseTo(expected, 6);
  });
});

test('a block that this plan asks for or takes away is known to come, or not to', () => {
  const draft = draftOf({});
  expect(comesS(draft, 15)).toBeCloseTo(4, 6);
  const [bob] = draft.peers;
  if (bob === undefined) throw new Error('no peer');
  expect(nextBlockS(bob)).toBeCloseTo(4.25, 6);
  draft.cancelAt(bob, 15);
  expect(comesS(draft, 15)).toBe(Number.POSITIVE_INFINITY);
  expect(nextBlockS(bob)).toBeCloseTo(4, 6);
  draft.ask(bob, piece, 15, 'due');
  expect(comesS(draft, 15)).toBeCloseTo(4, 6);
});

test('a block of which nobody was asked never comes', () => {
  const draft = draftOf({});
  const open = draft.map.begin(1 as PieceIndex, 'ann' as PeerId);
  expect(blockComesS(draft, draft.times, open, 0)).toBe(Number.POSITIVE_INFINITY);
});
