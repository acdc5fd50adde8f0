import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GateView,
  type InjectionView,
  injectedPiece,
  injectionAlpha,
  originAllowanceBytes,
} from '../../../src/engine/schedule/spare-origin.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { seededChance } from '../../support/simulation/seeded-chance.ts';

const MB = 1_000_000;
const LEAST = 262_144;

type Download = Partial<GateView> & { readonly missing?: number; readonly leftS?: number };

/** 100 MB that are due in 100 s: no peers, and an origin of 4 MB/s. */
function download({ missing = 100 * MB, leftS = 100, ...other }: Download = {}): GateView {
  return {
    freeBytes: missing - (other.inFlightOriginBytes ?? 0) - (other.inFlightPeerBytes ?? 0),
    inFlightOriginBytes: 0,
    inFlightPeerBytes: 0,
    peerBytesPerS: 0,
    peerRoundTripS: 0.1,
    originBytesPerS: 4 * MB,
    originFirstByteS: 0.1,
    dueBytes: (horizonS) => (horizonS >= leftS ? missing : 0),
    lastHorizonS: leftS,
    ...other,
  };
}

describe('an origin that is spared', () => {
  // Until 20 s, less the margin and the first byte, peers of 0.5 MB/s are trusted with 0.9 * 0.5 * 19.3 MB.
  test.each<[string, GateView, number]>([
    ['is left alone while peers are fast enough', download({ peerBytesPerS: 2 * MB }), 0],
    ['is left alone when nothing is missing', download({ missing: 0 }), 0],
    ['is left alone while it could still bring everything', download(), 0],
    ['is left alone although peers are slow, while there is time', download({ peerBytesPerS: MB / 2 }), 0],
    ['is asked for everything in the last safe moment', download({ leftS: 20 }), 100 * MB],
    ['is asked for what peers lack', download({ leftS: 20, peerBytesPerS: MB / 2 }), 91.315 * MB],
    [
      'is asked for what peers are fast enough for and do not have',
      download({ leftS: 20, peerBytesPerS: 2 * MB, peersHaveBytes: () => 5 * MB }),
      95 * MB,
    ],
    [
      'loses no round trip for blocks that are asked for',
      download({ leftS: 20, peerBytesPerS: MB / 2, inFlightPeerBytes: MB }),
      91.27 * MB,
    ],
    [
      'is asked for the rest while it brings a part',
      download({ leftS: 20, peerBytesPerS: MB / 2, inFlightOriginBytes: 50 * MB }),
      41.315 * MB,
    ],
    ['is not asked twice', download({ leftS: 20, inFlightOriginBytes: 100 * MB }), 0],
    ['is asked for everything once it is too late', download({ leftS: -5, peerBytesPerS: 50 * MB }), 100 * MB],
    [
      'is asked for no more than nobody fetches yet',
      download({ leftS: 5, inFlightPeerBytes: 90 * MB, peerBytesPerS: MB }),
      10 * MB,
    ],
    ['is not bothered for a few bytes', download({ leftS: 0.5, missing: 1_000, freeBytes: MB }), LEAST],
    ['is asked for a few bytes if there are no more', download({ leftS: 0.5, missing: 1_000 }), 1_000],
    ['is asked early if it is slow', download({ originBytesPerS: MB }), 100 * MB],
    [
      'that shares the link with faster peers is asked in time',
      download({ leftS: 20, peerBytesPerS: 5 * MB }),
      13.15 * MB,
    ],
    ['and is unknown is asked for one range', download({ originBytesPerS: null }), LEAST],
    [
      'and is unknown is not asked while that range is under way',
      download({ originBytesPerS: null, inFlightOriginBytes: LEAST }),
      0,
    ],
    [
      'and is unknown is left alone while even a slow one could do it',
      download({ originBytesPerS: null, leftS: 2_000 }),
      0,
    ],
    ['is left alone by a patience without end', download({ leftS: Number.POSITIVE_INFINITY }), 0],
  ])('%s', (_name, view, expected) => {
    expect(originAllowanceBytes(view)).toBeCloseTo(expected, 0);
  });

  const playback = (bufferedS: number, peerBytesPerS: number) =>
    download({
      peerBytesPerS,
      lastHorizonS: 30,
      dueBytes: (horizonS) => Math.min(Math.max(horizonS - bufferedS, 0) * MB, 100 * MB),
    });

  const slowFor = (bufferedS: number, peerBytesPerS: number, besidesBytesPerS: number): GateView => ({
    ...playback(bufferedS, peerBytesPerS),
    originBytesPerS: 0.8 * MB,
    besides: (withinS) => besidesBytesPerS * withinS,
  });

  test.each<[string, GateView, number]>([
    ['has nothing to do for a player with a full buffer', playback(10, 0), 0],
    ['brings what is due in a moment when the buffer runs out', playback(0.4, 0), LEAST],
    ['has nothing to do while peers keep pace with the player', playback(2, 1.2 * MB), 0],
    ['brings no less than is asked for at a time', { ...playback(0.4, 0), leastBytes: MB }, MB],
    // It can bring 0.9 * 0.8 * 29.4 MB within the horizon; peers of 0.2 MB/s bring 0.9 * 0.2 * 29.3 MB.
    ['that is slower than the player is asked in time', slowFor(0.4, 0.2 * MB, 0), 24.326 * MB],
    ['also while the buffer is full', slowFor(8, 0.2 * MB, 0), 16.726 * MB],
    ['but later when peers bring much besides', slowFor(8, 0.2 * MB, 0.2 * MB), 0],
    [
      'and not at all when peers will do better than now',
      { ...slowFor(8, 0.2 * MB, 0), peersBring: (withinS) => 0.2 * MB + MB * Math.max(withinS - 1, 0) },
      0,
    ],
  ])('%s', (_name, view, expected) => {
    expect(originAllowanceBytes(view)).toBeCloseTo(expected, 0);
  });
});

const anyDownload = fc.record({
  missing: fc.nat(500 * MB),
  leftS: fc.double({ min: -10, max: 10_000, noNaN: true }),
  inFlightOriginBytes: fc.nat(50 * MB),
  inFlightPeerBytes: fc.nat(5 * MB),
  freeBytes: fc.nat(500 * MB),
  peerBytesPerS: fc.nat(20 * MB),
  peerRoundTripS: fc.double({ min: 0, max: 3, noNaN: true }),
  originBytesPerS: fc.option(fc.nat(50 * MB), { nil: null }),
  originFirstByteS: fc.double({ min: 0, max: 5, noNaN: true }),
});

test('an allowance is never more than is free, and falls when peers are faster, more is coming or more time is left', () => {
  fc.assert(
    fc.property(anyDownload, fc.nat(5 * MB), (world, more) => {
      const allowed = originAllowanceBytes(download(world));
      expect(allowed).toBeGreaterThanOrEqual(0);
      expect(allowed).toBeLessThanOrEqual(world.freeBytes);
      const with_ = (other: Partial<typeof world>) => originAllowanceBytes(download({ ...world, ...other }));
      expect(with_({ peerBytesPerS: world.peerBytesPerS + more })).toBeLessThanOrEqual(allowed);
      expect(with_({ inFlightOriginBytes: world.inFlightOriginBytes + more })).toBeLessThanOrEqual(allowed);
      expect(with_({ inFlightPeerBytes: world.inFlightPeerBytes + more })).toBeLessThanOrEqual(allowed);
      expect(with_({ leftS: world.leftS + more / MB })).toBeLessThanOrEqual(allowed);
    }),
    { seed: 20, numRuns: 2_000 },
  );
});

type Loop = { sizeBytes: number; patienceS: number; originBytesPerS: number; peerBytesPerS: (nowS: number) => number };

/** One download that asks the gate four times a second. The link takes no more than the faster of origin and peers. */
function runLoop({ sizeBytes, patienceS, originBytesPerS, peerBytesPerS }: Loop) {
  const tickS = 0.25;
  let missing = sizeBytes;
  let queued = 0;
  let fromOrigin = 0;
  let originReadyS = 0;
  let nowS = 0;
  while (missing > 0 && nowS < 2 * patienceS) {
    const peers = peerBytesPerS(nowS);
    const leftS = patienceS - nowS;
    const view = { missing, leftS, inFlightOriginBytes: queued, peerBytesPerS: peers };
    const known = fromOrigin > 0 ? originBytesPerS : null;
    const allowed = originAllowanceBytes(download({ ...view, originBytesPerS: known }));
    if (queued === 0) originReadyS = nowS + 0.1;
    queued += allowed;
    const linkBytes = Math.max(originBytesPerS, peers) * tickS;
    const fromPeers = Math.min(peers * tickS, missing - queued);
    const come = nowS < originReadyS ? 0 : Math.min(queued, linkBytes - fromPeers);
    queued -= come;
    fromOrigin += come;
    missing -= come + fromPeers;
    nowS += tickS;
  }
  return { nowS, fromOrigin };
}

const anyLoop = fc.record({
  originBytesPerS: fc.integer({ min: MB, max: 20 * MB }),
  patienceS: fc.integer({ min: 60, max: 600 }),
  /** Of what the origin alone could bring in time. */
  load: fc.double({ min: 0.01, max: 0.85, noNaN: true }),
  /** Of the rate that would do without the origin. */
  peerShare: fc.double({ min: 0, max: 1.5, noNaN: true }),
  seed: fc.nat(),
});

test('with steady peers everything is there in time, and little more comes from the origin than must', () => {
  fc.assert(
    fc.property(anyLoop, ({ originBytesPerS, patienceS, load, peerShare }) => {
      const sizeBytes = Math.floor(originBytesPerS * patienceS * load);
      const peers = (sizeBytes / patienceS) * peerShare;
      const run = runLoop({ sizeBytes, patienceS, originBytesPerS, peerBytesPerS: () => peers });
      expect(run.nowS).toBeLessThanOrEqual(patienceS);
      const least = Math.max(sizeBytes - peers * patienceS, 0);
      expect(run.fromOrigin).toBeLessThanOrEqual(least + 0.1 * peers * patienceS + peers + 2 * LEAST);
      if (peerShare > 1.2) expect(run.fromOrigin).toBeLessThanOrEqual(LEAST);
    }),
    { seed: 21, numRuns: 60 },
  );
});

test('with peers that swing, and then leave, everything is there in time', () => {
  fc.assert(
    fc.property(anyLoop, ({ originBytesPerS, patienceS, load, peerShare, seed }) => {
      const sizeBytes = Math.floor(originBytesPerS * patienceS * load);
      const chance = seededChance(seed);
      const leaveS = patienceS * chance();
      const mean = (sizeBytes / patienceS) * peerShare;
      const peerBytesPerS = (nowS: number) => (nowS < leaveS ? 2 * mean * chance() : 0);
      expect(runLoop({ sizeBytes, patienceS, originBytesPerS, peerBytesPerS }).nowS).toBeLessThanOrEqual(patienceS);
    }),
    { seed: 22, numRuns: 60 },
  );
});

describe('injection', () => {
  const pieces = (...indexes: readonly number[]) => indexes as readonly number[] as readonly PieceIndex[];
  const view = (other: Partial<InjectionView> = {}): InjectionView => ({
    seed: 7,
    nowMs: 0,
    neighbours: 19,
    unclaimed: pieces(3, 5, 8, 13),
    ...other,
  });
  const seconds = 50_000;
  const throws = (other: Partial<InjectionView>) =>
    Array.from({ length: seconds }, (_, second) => injectedPiece(view({ nowMs: second * 1_000, ...other })));
  const drawn = (other: Partial<InjectionView>) => throws(other).filter((piece) => piece !== null);

  test.each<[string, Partial<InjectionView>, number]>([
    ['a quarter of a piece a second in a neighbourhood of twenty', {}, 0.25 / 20],
    ['as often as alpha says', { alpha: 2 }, 2 / 20],
    ['a piece a second at most', { alpha: 500 }, 1],
    ['nothing when everything is claimed', { alpha: 500, unclaimed: [] }, 0],
    ['nothing when nobody is there to be helped', { alpha: 500, neighbours: 0 }, 0],
    ['nothing when alpha is 0', { alpha: 0 }, 0],
  ])('brings %s', (_name, other, rate) => {
    expect(Math.abs(drawn(other).length / seconds - rate)).toBeLessThan(0.1 * rate + 1e-9);
  });

  test('draws every unclaimed piece alike', () => {
    const all = drawn({ alpha: 500 });
    for (const piece of pieces(3, 5, 8, 13)) {
      expect(Math.abs(all.filter((other) => other === piece).length / seconds - 0.25)).toBeLessThan(0.01);
    }
  });

  test('throws once a second, at a moment that is not the same for all', () => {
    const changes = new Set<number>();
    const unclaimed = pieces(...Array(1_000).keys());
    for (let seed = 0; seed < 50; seed++) {
      const answers = Array.from({ length: 3_000 }, (_, nowMs) => {
        return injectedPiece(view({ seed, nowMs, alpha: 500, unclaimed }));
      });
      const at = answers.flatMap((piece, ms) => (ms > 0 && piece !== answers[ms - 1] ? [ms] : []));
      expect(at).toHaveLength(3);
      expect([at[1], at[2]]).toEqual([(at[0] ?? 0) + 1_000, (at[0] ?? 0) + 2_000]);
      changes.add(at[0] ?? 0);
    }
    expect(changes.size).toBeGreaterThan(40);
  });

  test('gives the same log the same answers, and other seeds other ones', () => {
    expect(throws({ alpha: 2 })).toEqual(throws({ alpha: 2 }));
    expect(throws({ alpha: 2 })).not.toEqual(throws({ alpha: 2, seed: 8 }));
  });

  test('knows the time of day as well as the first second', () => {
    const now = 1_800_000_000_000;
    const late = Array.from({ length: 10_000 }, (_, second) => {
      return injectedPiece(view({ nowMs: now + second * 1_000, alpha: 10 }));
    });
    expect(Math.abs(late.filter((piece) => piece !== null).length / 10_000 - 0.5)).toBeLessThan(0.02);
  });

  test.each([
    ['as ever when little is unclaimed', 10, 1_000, 0.25],
    ['as ever when nothing is', 0, 0, 0.25],
    ['at the pace of the deadline when much is', 100, 100, 2],
    ['as fast as it can when it is too late', 100, -5, 100],
  ])('is eager %s', (_name, unclaimed, leftS, alpha) => {
    expect(injectionAlpha(unclaimed, leftS)).toBe(alpha);
  });
});
