import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { planForStart } from '../../../src/engine/schedule/for-start.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import type { OriginView, PeerView, PlanView, RunView } from '../../../src/engine/schedule/plan-view.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { askAll, BLOCK, PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

/** A player that stands at the beginning until two pieces are there; an origin streams both. */
function waiting(
  origin: OriginView,
  peers: readonly PeerView[],
  other: Partial<PlanView> & { readonly run?: Partial<RunView> } = {},
): PlanView {
  const { run: ofRun = {}, ...rest } = other;
  const map = rest.map ?? new PieceMap(PIECE, 40 * PIECE, new Uint8Array(40));
  if (rest.map === undefined) map.take(1, 0, 2 * PIECE);
  const run: RunView = {
    run: 1,
    origin: origin.origin,
    positionByte: 0,
    endByte: 2 * PIECE,
    rateBytesPerS: origin.rateBytesPerS,
    silentS: 0,
    ...ofRun,
  };
  const playback = { positionByte: 0, bytesPerS: PIECE, waitsForBytes: 2 * PIECE };
  return smallView(40, { playback, origins: [origin], runs: rest.map === undefined ? [run] : [], peers, ...rest, map });
}

function planned(view: PlanView): {
  readonly runEnd: number | null;
  readonly asked: string[];
  readonly taken: string[];
} {
  const draft = new Draft(view);
  planForStart(draft);
  const ends = draft.decisions.flatMap((it) => (it.type === 'shorten-run' ? [it.endByte / BLOCK] : []));
  return {
    runEnd: ends.at(-1) ?? null,
    asked: draft.decisions.flatMap((it) => (it.type === 'ask' ? [`${it.peer} ${it.piece}.${it.block}`] : [])),
    taken: draft.decisions.flatMap((it) => (it.type === 'cancel' ? [`${it.peer} ${it.piece}.${it.block}`] : [])),
  };
}

const slowOrigin = smallOrigin({ rateBytesPerS: 2 * PIECE });

describe('what a player stands still for', () => {
  test('is brought from its end by a peer that is as fast as the origin that streams it, and they end together', () => {
    const ann = smallPeer('ann', { rateBytesPerS: 2 * PIECE, freeRequests: 40 });
    const { runEnd, asked } = planned(waiting(slowOrigin, [ann]));
    expect(asked.slice(0, 3)).toEqual(['ann 1.15', 'ann 1.14', 'ann 1.13']);
    // 32 blocks; ann's first one takes a round trip more.
    expect(runEnd).toBeGreaterThanOrEqual(16);
    expect(runEnd).toBeLessThanOrEqual(19);
    expect(asked).toHaveLength(32 - (runEnd as number));
  });

  test('is brought by each as far as it is fast', () => {
    const ann = smallPeer('ann', { rateBytesPerS: 2 * PIECE, roundTripS: 0.01, freeRequests: 40 });
    const bob = smallPeer('bob', { rateBytesPerS: PIECE, roundTripS: 0.01, freeRequests: 40 });
    const { asked } = planned(waiting(smallOrigin({ rateBytesPerS: PIECE / 2 }), [ann, bob]));
    const of = (name: string) => asked.filter((it) => it.startsWith(name)).length;
    expect(of('ann') / of('bob')).toBeGreaterThan(1.6);
    expect(of('ann') / of('bob')).toBeLessThan(2.6);
  });

  test.each<[string, PlanView]>([
    ['of a stream that has shown nothing', waiting(slowOrigin, [smallPeer('ann')], { run: { rateBytesPerS: null } })],
    [
      'by one that is far slower than the origin',
      waiting(smallOrigin({ rateBytesPerS: 40 * PIECE }), [smallPeer('ann')]),
    ],
    ['by one that does not have it', waiting(slowOrigin, [smallPeer('ann', { has: (piece) => piece > 1 })])],
    ['by one that fell silent', waiting(slowOrigin, [smallPeer('ann', { isDoubted: true })])],
    [
      'when the player plays',
      waiting(slowOrigin, [smallPeer('ann')], { playback: { positionByte: 0, bytesPerS: PIECE } }),
    ],
    ['that one source must bring whole', waiting(slowOrigin, [smallPeer('ann')], { suspect: suspects(0, 1) })],
    [
      'when it takes long: the player may begin with less',
      waiting(smallOrigin({ rateBytesPerS: PIECE / 4 }), [smallPeer('ann', { rateBytesPerS: PIECE / 4 })], {
        playback: { positionByte: 0, bytesPerS: PIECE, waitsForBytes: 3 * PIECE },
      }),
    ],
  ])('is not brought %s', (_what, view) => {
    expect(planned(view).asked).toEqual([]);
  });

  test('leaves peers little room for what comes after it: what is waited for changes', () => {
    const hasLater = (piece: PieceIndex) => piece > 1;
    const later = smallPeer('later', { rateBytesPerS: 2 * PIECE, roundTripS: 0.2, has: hasLater, freeRequests: 90 });
    const busy = smallPeer('busy', { rateBytesPerS: 4 * PIECE, freeRequests: 90, owedBlocks: 40 });
    const unknown = smallPeer('new', { rateBytesPerS: null, has: hasLater, freeRequests: 5 });
    const rooms = (view: PlanView) => {
      const draft = new Draft(view);
      planForStart(draft);
      return Object.fromEntries(draft.peers.map((peer) => [peer.view.id, peer.room]));
    };
    const peers = [later, busy, unknown];
    // Half a second of two pieces a second; 0.35 s of four are 23 blocks.
    expect(rooms(waiting(slowOrigin, peers))).toMatchObject({ later: 16, busy: 0, new: 5 });
    const plays = { positionByte: 0, bytesPerS: PIECE };
    expect(rooms(waiting(slowOrigin, peers, { playback: plays }))).toMatchObject({ later: 90, busy: 90, new: 5 });
  });

  test('is asked of one that has shown nothing as of a slow one, however fast the others are', () => {
    const ann = smallPeer('ann', { rateBytesPerS: 4 * PIECE, freeRequests: 40 });
    const unknown = smallPeer('new', { rateBytesPerS: null, freeRequests: 40 });
    const { asked } = planned(waiting(smallOrigin({ rateBytesPerS: PIECE / 4 }), [ann, unknown]));
    expect(asked.filter((it) => it.startsWith('new')).length).toBeLessThanOrEqual(3);
    expect(asked.filter((it) => it.startsWith('ann')).length).toBeGreaterThan(20);
  });

  test('is taken from one that would bring it late, but for what may be on its way', () => {
    const map = new PieceMap(PIECE, 40 * PIECE, new Uint8Array(40));
    const owes = askAll(map, 0, 'bob');
    map.hold(1 as PieceIndex);
    const bob = smallPeer('bob', { rateBytesPerS: PIECE, freeRequests: 0, owes });
    const ann = smallPeer('ann', { rateBytesPerS: 4 * PIECE, freeRequests: 8 });
    const { asked, taken } = planned(waiting(slowOrigin, [ann, bob], { map, wasteAllowanceBytes: 0 }));
    expect(taken.slice(0, 2)).toEqual(['bob 0.15', 'bob 0.14']);
    expect(asked).toEqual(taken.map((it) => it.replace('bob', 'ann')));
    expect(taken).not.toContain('bob 0.0');
  });
});

function suspects(...pieces: number[]): Set<PieceIndex> {
  return new Set(pieces as PieceIndex[]);
}
