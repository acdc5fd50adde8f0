import { describe, expect, test } from 'vitest';
import { blocksBy, bytesBy, commonEndS } from '../../../src/engine/schedule/common-end.ts';
import { Draft, type DraftPeer } from '../../../src/engine/schedule/draft.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import { plan } from '../../../src/engine/schedule/plan.ts';
import type { OriginView, PeerView, PlanView, RunView } from '../../../src/engine/schedule/plan-view.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { askAll, BLOCK, PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

/** So many pieces, of which the first are owed, one by each of these peers, and the rest is free. */
function viewWith(pieces: number, owing: readonly Partial<PeerView>[], other: Partial<PlanView> = {}): PlanView {
  const map = new PieceMap(PIECE, pieces * PIECE, new Uint8Array(pieces));
  const peers = owing.map((traits, index) =>
    smallPeer(`p${index}`, { ...traits, owes: askAll(map, index, `p${index}`) }),
  );
  return smallView(pieces, { policy: 'fastest', map, ...other, peers: [...peers, ...(other.peers ?? [])] });
}

const endOf = (view: PlanView) => commonEndS(new Draft(view));

/** An origin's run that is under way, over all that is free. */
const runTo = (endByte: number, other: Partial<RunView> = {}): RunView => ({
  run: 1,
  origin: smallOrigin().origin,
  positionByte: 0,
  endByte,
  rateBytesPerS: 4_000_000,
  silentS: 0,
  ...other,
});

describe('the end that all could have together', () => {
  test('comes when one peer alone has brought all', () => {
    expect(endOf(viewWith(4, [{ rateBytesPerS: PIECE }]))).toBeCloseTo(4, 1);
  });

  test('comes sooner the more bring something', () => {
    expect(endOf(viewWith(4, [{ rateBytesPerS: PIECE }, { rateBytesPerS: PIECE }]))).toBeCloseTo(2, 1);
    const withOrigin = viewWith(10, [{ rateBytesPerS: PIECE }], {
      origins: [smallOrigin({ rateBytesPerS: 4 * PIECE, firstByteMs: 0 })],
    });
    expect(endOf(withOrigin)).toBeCloseTo(2, 1);
  });

  test('counts an origin from its first byte on', () => {
    const later = viewWith(10, [{ rateBytesPerS: PIECE }], {
      origins: [smallOrigin({ rateBytesPerS: 4 * PIECE, firstByteMs: 1_000 })],
    });
    expect(endOf(later)).toBeCloseTo(2.8, 1);
  });

  test('counts a silent source for what it may yet bring', () => {
    const silent = viewWith(4, [{ rateBytesPerS: PIECE }, { rateBytesPerS: PIECE, silentS: 2 }]);
    expect(endOf(silent)).toBeGreaterThan(3.5);
  });

  test('is not near when nobody brings anything, or when it is far away', () => {
    expect(endOf(smallView(4, { peers: [smallPeer('idle')], origins: [smallOrigin()] }))).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(endOf(viewWith(400, [{ rateBytesPerS: PIECE }]))).toBe(Number.POSITIVE_INFINITY);
  });

  test('counts nobody who may not be asked', () => {
    const barred = new Set([0 as PieceIndex]);
    const origins = [smallOrigin({ rateBytesPerS: 4 * PIECE, barred })];
    expect(endOf(viewWith(4, [{ rateBytesPerS: PIECE }], { origins }))).toBeCloseTo(4, 1);
  });
});

test('a peer brings whole blocks by then, after those that it owes', () => {
  const draft = new Draft(viewWith(4, [{ rateBytesPerS: 16 * BLOCK, roundTripS: 0.1 }]));
  const peer = draft.peers[0] as DraftPeer;
  expect([blocksBy(peer, 0.9), blocksBy(peer, 1.26), blocksBy(peer, Number.POSITIVE_INFINITY)]).toEqual([
    0,
    4,
    Number.POSITIVE_INFINITY,
  ]);
});

test('an origin brings more when its runs are over, and not before its first byte', () => {
  const origin: OriginView = smallOrigin({ rateBytesPerS: 4 * PIECE, firstByteMs: 500 });
  const idle = new Draft(viewWith(8, [], { origins: [origin] }));
  const busy = new Draft(viewWith(8, [], { origins: [origin], runs: [runTo(4 * PIECE)] }));
  expect([bytesBy(idle, origin, 0.4), bytesBy(idle, origin, 1.5)]).toEqual([0, 4 * PIECE]);
  expect([bytesBy(busy, origin, 0.9), bytesBy(busy, origin, 1.5)]).toEqual([0, 2 * PIECE]);
});

describe('near the end', () => {
  const askedOf = (view: PlanView, peer: string) =>
    plan(view).filter((decision) => decision.type === 'ask' && decision.peer === peer).length;
  const slow = smallPeer('slow', { rateBytesPerS: BLOCK, roundTripS: 0.1 });

  test('a slow peer is not asked for what would come last of all', () => {
    expect(askedOf(viewWith(2, [{ rateBytesPerS: 2 * PIECE, freeRequests: 0 }], { peers: [slow] }), 'slow')).toBe(0);
  });

  test('it is asked for what it brings in time', () => {
    expect(askedOf(viewWith(6, [{ rateBytesPerS: 2 * PIECE, freeRequests: 0 }], { peers: [slow] }), 'slow')).toBe(2);
  });

  test('nobody waits for somebody who is not there', () => {
    expect(askedOf(smallView(2, { policy: 'fastest', peers: [slow] }), 'slow')).toBe(4);
  });

  test('a slow origin is asked for a part of a piece, if it brings no more of it in time', () => {
    const origins = [smallOrigin({ rateBytesPerS: 2 * BLOCK, firstByteMs: 0 })];
    const view = viewWith(6, [{ rateBytesPerS: 2 * PIECE, freeRequests: 0 }], { origins });
    const [run] = plan(view).filter(({ type }) => type === 'start-run');
    expect(run).toMatchObject({ startByte: PIECE, because: 'free' });
    expect(run?.type === 'start-run' && run.endByte - run.startByte).toBeLessThanOrEqual(6 * BLOCK);
  });
});
