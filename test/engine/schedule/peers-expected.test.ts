import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { expectedBytes, peersExpected } from '../../../src/engine/schedule/peers-expected.ts';
import type { PeerView } from '../../../src/engine/schedule/plan-view.ts';
import { smallPeer, smallView } from './small-view.ts';

const MB = 1_000_000;
/** A peer that owes a block, and brings so much now and so much in the long run. */
const bringing = (name: string, now: number, usual: number, other: Partial<PeerView> = {}): PeerView =>
  smallPeer(name, { rateBytesPerS: now, usualBytesPerS: usual, owedBlocks: 1, ...other });
const draftOf = (...peers: PeerView[]) => new Draft(smallView(8, { peers }));
const bytesOf = (peer: PeerView, withinS: number): number =>
  expectedBytes(draftOf(peer).peers[0] as Draft['peers'][number], withinS);

describe('a peer is expected', () => {
  test('to go on as it does for a moment', () => {
    expect(bytesOf(bringing('ann', MB, 0.1 * MB), 0.1) / (0.1 * MB)).toBeCloseTo(1, 1);
    expect(bytesOf(bringing('ann', 0.1 * MB, MB), 0.1) / (0.01 * MB)).toBeCloseTo(1.1, 1);
  });

  test('to do as usual in the long run', () => {
    expect(bytesOf(bringing('ann', 0, MB), 600) / (600 * MB)).toBeCloseTo(1, 1);
    expect(bytesOf(bringing('ann', 4 * MB, MB), 600) / (600 * MB)).toBeCloseTo(1, 1);
  });

  test('to bring more the longer it has', () => {
    const within = [0, 1, 2, 5, 10, 30].map((withinS) => bytesOf(bringing('ann', MB, 0.2 * MB), withinS));
    expect(within).toEqual(within.toSorted((a, b) => a - b));
    expect(within[0]).toBe(0);
  });

  test('to go on as it does when nothing else is known of it, or when it fell silent', () => {
    expect(bytesOf(smallPeer('ann'), 30)).toBe(30 * MB);
    expect(bytesOf(bringing('ann', 0.1 * MB, MB, { isDoubted: true }), 30)).toBe(3 * MB);
  });
});

describe('besides what origins bring through the same link', () => {
  test('comes what is left when the best peer leaves', () => {
    const peers = [bringing('ann', 3 * MB, 3 * MB), bringing('bob', 2 * MB, 2 * MB), bringing('cat', MB, MB)];
    const { together, besides } = peersExpected(draftOf(...peers));
    expect(together(10)).toBeCloseTo(60 * MB, 0);
    expect(besides(10)).toBeCloseTo(30 * MB, 0);
  });

  test('comes a quarter of what the only peer brings', () => {
    expect(peersExpected(draftOf(bringing('ann', MB, MB))).besides(10)).toBeCloseTo(2.5 * MB, 0);
  });

  test('comes nothing of peers that owe nothing or have shown nothing', () => {
    const idle = bringing('ann', MB, MB, { owedBlocks: 0 });
    const unknown = smallPeer('bob', { rateBytesPerS: null, owedBlocks: 1 });
    const { together, besides } = peersExpected(draftOf(idle, unknown));
    expect([together(10), besides(10)]).toEqual([0, 0]);
  });
});
