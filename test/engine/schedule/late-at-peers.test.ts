import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { lateAtPeers } from '../../../src/engine/schedule/late-at-peers.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import { plan } from '../../../src/engine/schedule/plan.ts';
import type { PeerView, PlanView } from '../../../src/engine/schedule/plan-view.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { BLOCK, PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

const SOON_S = 1;
/** An origin takes a second for a piece. */
const ORIGIN = PIECE;

const map = (held: number, besides: number | null = null) => {
  const pieces = new PieceMap(PIECE, 40 * PIECE, new Uint8Array(40));
  for (let piece = 0; piece < held; piece++) if (piece !== besides) pieces.hold(piece as PieceIndex);
  return pieces;
};

/** Somebody plays from the first piece on, a piece a second; the first pieces are here. */
function view(pieces: PieceMap, peers: PeerView[], other: Partial<PlanView> = {}): PlanView {
  return smallView(40, { map: pieces, peers, playback: { positionByte: 0, bytesPerS: PIECE }, ...other });
}

describe('what peers bring too late', () => {
  test('is a piece that nobody brings and that only slow ones have', () => {
    const peers = [
      smallPeer('ann', { rateBytesPerS: 10 * PIECE, has: (piece) => piece !== 2 }),
      smallPeer('bob', { rateBytesPerS: PIECE / 10 }),
    ];
    // It is due in one and a half seconds.
    expect(lateAtPeers(new Draft(view(map(2), peers)), SOON_S, ORIGIN)).toEqual({
      bytes: PIECE,
      startByte: 2 * PIECE,
      endByte: 3 * PIECE,
      withinS: 1.5,
    });
  });

  test('is not a piece that one of them brings in time as soon as it is asked', () => {
    const peers = [smallPeer('ann', { rateBytesPerS: 10 * PIECE, freeRequests: 0 })];
    expect(lateAtPeers(new Draft(view(map(2), peers)), SOON_S, ORIGIN)).toBeNull();
  });

  test('is not what an origin may yet begin later', () => {
    const peers = [smallPeer('bob', { rateBytesPerS: PIECE / 10 })];
    expect(lateAtPeers(new Draft(view(map(3), peers)), SOON_S, ORIGIN)).toBeNull();
    expect(lateAtPeers(new Draft(view(map(3), peers)), SOON_S, ORIGIN / 2)).not.toBeNull();
  });

  test('is nothing where nobody plays', () => {
    const peers = [smallPeer('bob', { rateBytesPerS: 1 })];
    expect(lateAtPeers(new Draft(view(map(2), peers, { playback: null })), SOON_S, ORIGIN)).toBeNull();
  });

  test.each([
    ['is streamed beside what an origin brings already', 20 * BLOCK, ['1.15']],
    ['is no reason to stream something else, when it cannot be asked for twice', 0, []],
  ])('%s', (_name, wasteAllowanceBytes, expected) => {
    const pieces = map(5, 1);
    pieces.begin(1 as PieceIndex, null);
    for (let block = 0; block < 15; block++) pieces.came(1 as PieceIndex, block);
    pieces.ask(1 as PieceIndex, 15, 'bob' as PeerId);
    const owes = [{ piece: 1 as PieceIndex, block: 15 }];
    const bob = smallPeer('bob', { rateBytesPerS: BLOCK / 2, freeRequests: 0, owes });
    pieces.take(1, 5 * PIECE, 7 * PIECE);
    const origin = smallOrigin({ rateBytesPerS: 2 * PIECE });
    const run = {
      run: 1,
      origin: origin.origin,
      positionByte: 5 * PIECE,
      endByte: 7 * PIECE,
      rateBytesPerS: 2 * PIECE,
      silentS: 0,
    };
    const decisions = plan(view(pieces, [bob], { origins: [origin], runs: [run], wasteAllowanceBytes }));
    const begun = decisions.flatMap((it) => (it.type === 'start-run' ? [it.startByte] : []));
    expect(begun.map((byte) => `${Math.floor(byte / PIECE)}.${(byte % PIECE) / BLOCK}`)).toEqual(expected);
  });
});
