import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOverLine, type LineView } from '../../../src/engine/schedule/deadline-line.ts';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import { planPeers } from '../../../src/engine/schedule/plan-peers.ts';
import type { PlanView } from '../../../src/engine/schedule/plan-view.ts';
import { originsMayBring, preparePeers } from '../../../src/engine/schedule/when-due.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { askAll, BLOCK, PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

const MB = 1_000_000;

/** 100 MB that are due in 100 s, with an origin of 4 MB/s and peers of so many bytes a second. */
function line(other: Partial<LineView> & { readonly peersBytesPerS?: number } = {}): LineView {
  const { peersBytesPerS = 0, ...rest } = other;
  return {
    inS: 100,
    elapsedS: 10,
    missingBytes: 100 * MB,
    inFlightOriginBytes: 0,
    stretches: 1,
    peers: 10,
    peersBringBytes: (withinS) => peersBytesPerS * withinS,
    originBytesPerS: 4 * MB,
    shownBytes: 10 * MB,
    originFirstByteS: 0.1,
    ...rest,
  };
}

describe('before a deadline', () => {
  test.each<[string, LineView, 'nothing' | 'something']>([
    ['an origin that could bring all later is left alone', line(), 'nothing'],
    ['nothing is asked for when nothing is missing', line({ inS: 1, missingBytes: 0 }), 'nothing'],
    ['an origin is asked when it needs all of the time', line({ inS: 29 }), 'something'],
    ['an origin is left alone while peers bring everything', line({ inS: 29, peersBytesPerS: 5 * MB }), 'nothing'],
    ['what is under way is not asked for again', line({ inS: 29, inFlightOriginBytes: 100 * MB }), 'nothing'],
    ['many short stretches take an origin longer', line({ inS: 36, stretches: 300 }), 'something'],
    ['an unknown origin is asked for one range', line({ originBytesPerS: null, shownBytes: 0 }), 'something'],
    [
      'an unknown origin is asked for no more until that is here',
      line({ originBytesPerS: MB, shownBytes: BLOCK, inFlightOriginBytes: 10 * BLOCK }),
      'nothing',
    ],
    ['what peers will never bring comes early', line({ inS: 34, peersBytesPerS: MB / 4 }), 'something'],
    ['nothing comes early while peers are young', line({ inS: 34, peersBytesPerS: MB / 4, elapsedS: 1 }), 'nothing'],
    ['what is late already is asked for', line({ inS: -3, missingBytes: MB }), 'something'],
  ])('%s', (_name, view, expected) => {
    expect(bytesOverLine(view) > 0 ? 'something' : 'nothing').toBe(expected);
  });

  test('no more is asked for than is lacking, nor on the word of a first range than has come', () => {
    expect(bytesOverLine(line({ inS: 0.2, missingBytes: 1_000 }))).toBe(1_000);
    expect(bytesOverLine(line({ inS: 5, shownBytes: 300_000 }))).toBe(300_000);
  });
});

test('an origin that is asked along the line has brought in time what steady peers do not, and little more', () => {
  const world = fc.record({
    patienceS: fc.integer({ min: 30, max: 300 }),
    load: fc.double({ min: 0.1, max: 0.6, noNaN: true }),
    peerShare: fc.double({ min: 0, max: 1.3, noNaN: true }),
  });
  fc.assert(
    fc.property(world, ({ patienceS, load, peerShare }) => {
      const sizeBytes = 4 * MB * patienceS * load;
      const peersBytesPerS = (sizeBytes / patienceS) * peerShare;
      let [missing, queued, fromOrigin, nowS] = [sizeBytes, 0, 0, 0];
      while (missing > 1 && nowS < 2 * patienceS) {
        const inS = patienceS - nowS;
        const view = { inS, elapsedS: nowS, missingBytes: missing, inFlightOriginBytes: queued, peersBytesPerS };
        queued += bytesOverLine(line(view));
        const come = Math.min(queued, 0.4 * MB);
        const fromPeers = Math.min(peersBytesPerS * 0.1, Math.max(missing - queued, 0));
        queued -= come;
        fromOrigin += come;
        missing -= come + fromPeers;
        nowS += 0.1;
      }
      expect(nowS).toBeLessThanOrEqual(patienceS);
      const least = Math.max(sizeBytes - peersBytesPerS * patienceS, 0);
      expect(fromOrigin).toBeLessThanOrEqual(least + 1.5 * peersBytesPerS + MB);
    }),
    { seed: 31, numRuns: 100 },
  );
});

describe('peers before a deadline', () => {
  const due = (inS: number) => ({ demand: { type: 'deadline', inS, elapsedS: 10 } }) as const;
  const asks = (view: PlanView) => {
    const draft = new Draft(view);
    preparePeers(draft);
    planPeers(draft);
    return draft.decisions.flatMap((it) => (it.type === 'ask' ? [`${it.peer} ${it.piece}`] : []));
  };

  test('are not asked for what they would bring too late', () => {
    const slow = smallPeer('slow', { rateBytesPerS: BLOCK });
    expect(asks(smallView(40, { ...due(30), peers: [slow], origins: [smallOrigin()] }))).toHaveLength(4);
    expect(asks(smallView(40, { ...due(2.9), peers: [slow], origins: [smallOrigin()] }))).toHaveLength(2);
  });

  test('are asked for what they might bring when they are new, whatever has become of the others', () => {
    const gone = smallPeer('gone', { rateBytesPerS: 0, freeRequests: 0, isDoubted: true });
    const late = smallPeer('new', { rateBytesPerS: null });
    expect(asks(smallView(40, { ...due(30), peers: [gone, late], origins: [smallOrigin()] }))).toHaveLength(4);
  });

  test('may owe more while it is far, so that a sudden rate finds no empty queue', () => {
    const peers = [smallPeer('ann', { freeRequests: 4, calmRequests: 9 })];
    expect(asks(smallView(40, { ...due(30), peers, origins: [smallOrigin()] }))).toHaveLength(9);
    expect(asks(smallView(40, { ...due(3), peers, origins: [smallOrigin()] }))).toHaveLength(4);
  });

  test('are asked for anything when there is no origin to bring it sooner', () => {
    const slow = smallPeer('slow', { rateBytesPerS: BLOCK });
    expect(asks(smallView(40, { ...due(2.5), peers: [slow] }))).toHaveLength(4);
  });

  test('leave pieces to a fast peer that has few', () => {
    const few = smallPeer('few', { has: (piece) => piece % 8 === 7, freeRequests: 0, rateBytesPerS: PIECE });
    const all = smallPeer('all', { freeRequests: 8, rateBytesPerS: PIECE });
    const view = smallView(40, { ...due(20), peers: [few, all], origins: [smallOrigin()] });
    expect(asks(view).filter((line) => Number(line.split(' ')[1]) % 8 === 7)).toEqual([]);
  });
});

describe('what origins may bring', () => {
  test('is what slow peers owe beyond the end of a promised rate, when nothing else is left', () => {
    const mayBring = (rateBytesPerS: number) => {
      const demand = { type: 'rate', bytesPerS: PIECE, elapsedS: 0, gotBytes: 0 } as const;
      const view = smallView(1, { demand, origins: [smallOrigin()] });
      const ann = smallPeer('ann', { rateBytesPerS, owes: askAll(view.map, 0, 'ann') });
      return originsMayBring(new Draft({ ...view, peers: [ann] }));
    };
    expect(mayBring(PIECE)).toBe(0);
    expect(mayBring(PIECE / 2)).toBe(PIECE / 2);
  });

  test('is everything when nobody is spared', () => {
    const view = smallView(10, { policy: 'fastest', origins: [smallOrigin()] });
    expect(originsMayBring(new Draft(view))).toBe(Number.POSITIVE_INFINITY);
  });

  test('is nothing for a player whose next half minute is here', () => {
    const view = smallView(100, { playback: { positionByte: 0, bytesPerS: PIECE }, origins: [smallOrigin()] });
    for (let piece = 0; piece < 40; piece++) view.map.hold(piece as PieceIndex);
    expect(originsMayBring(new Draft(view))).toBe(0);
  });

  test('is what a player stands still for, though it would be enough for one that plays', () => {
    const playback = { positionByte: 0, bytesPerS: PIECE };
    const mayBring = (waitsForBytes?: number) => {
      const waits = waitsForBytes === undefined ? {} : { waitsForBytes };
      const view = smallView(100, { playback: { ...playback, ...waits }, origins: [smallOrigin()] });
      for (let piece = 0; piece < 4; piece++) view.map.hold(piece as PieceIndex);
      return originsMayBring(new Draft(view));
    };
    expect(mayBring()).toBe(0);
    expect(mayBring(3 * PIECE)).toBe(0);
    expect(mayBring(6 * PIECE)).toBeGreaterThan(0);
  });

  test('is something for a player that nobody else serves', () => {
    const view = smallView(100, { playback: { positionByte: 0, bytesPerS: PIECE }, origins: [smallOrigin()] });
    expect(originsMayBring(new Draft(view))).toBeGreaterThan(0);
  });

  test('is what a peer has at the end of its queue and a player needs now, though nothing is free', () => {
    const playback = { positionByte: 0, bytesPerS: PIECE };
    const map = new PieceMap(PIECE, 2 * PIECE, new Uint8Array(2));
    const peers = [
      smallPeer('ann', { rateBytesPerS: 10 * PIECE, owes: askAll(map, 1, 'ann') }),
      smallPeer('bob', { rateBytesPerS: PIECE / 8, owes: askAll(map, 0, 'bob') }),
    ];
    const view = smallView(2, { map, playback, peers, origins: [smallOrigin()] });
    const draft = new Draft(view);
    expect(view.map.freeBytes).toBe(0);
    expect(originsMayBring(draft)).toBeGreaterThan(0);
    expect(draft.late).toMatchObject({ startByte: 0, endByte: PIECE });
  });
});
