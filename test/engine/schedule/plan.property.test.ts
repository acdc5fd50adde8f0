import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonEndS } from '../../../src/engine/schedule/common-end.ts';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { giveBackHalted } from '../../../src/engine/schedule/halted.ts';
import { PieceState } from '../../../src/engine/schedule/piece-map.ts';
import { plan } from '../../../src/engine/schedule/plan.ts';
import { planPeers } from '../../../src/engine/schedule/plan-peers.ts';
import type { PlanView } from '../../../src/engine/schedule/plan-view.ts';
import { MIN_RUN_BYTES } from '../../../src/engine/schedule/run-length.ts';
import { originsMayBring } from '../../../src/engine/schedule/when-due.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { anyWorld } from './any-world.ts';
import { carryOut, faultsOf } from './plan-faults.ts';
import { MIB, missingIn, snapshotOf, viewOf, type World } from './plan-world.ts';

test('every decision is allowed at its turn, whatever the world looks like', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const view = viewOf(world);
      expect(faultsOf(view, plan(view))).toEqual([]);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test('planning changes nothing, and comes to the same decisions again', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const view = viewOf(world);
      const before = snapshotOf(view);
      const decisions = plan(view);
      expect(snapshotOf(view)).toEqual(before);
      expect(plan(view)).toEqual(decisions);
    }),
    { seed: 1, numRuns: 300 },
  );
});

// A player is another matter: nobody is asked for what would come too late for it, nor for more than it needs soon.
// So is an end that is near: then what a slow source would bring last is left to faster ones (common-end.test.ts).
describe('nobody is idle while nothing is played and the end is not near', () => {
  const isEnding = (view: PlanView) => commonEndS(new Draft(view)) < Number.POSITIVE_INFINITY;

  test('a peer that may be asked for more is asked for every block that nobody brought and it can', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        // Near a deadline, or the end of a promised rate, what a slow peer would bring too late is left to who is faster.
        const hasEnd = world.policy === 'spare-origin' || world.demand?.type === 'deadline';
        const demand = hasEnd ? null : (world.demand ?? null);
        const view = viewOf({ ...world, demand, playback: null });
        if (view.policy === 'peers-off' || (view.policy === 'fastest' && isEnding(view))) return;
        const { map, room } = carryOut(view, plan(view));
        const left = new Set(missingIn(map).map(({ piece, block }) => `${piece}.${block}`));
        // What others gave up in the course of this plan is for the next one, and so are pieces that are free by that.
        const isFreed = (piece: PieceIndex) =>
          map.states[piece] === PieceState.free && view.map.states[piece] !== PieceState.free;
        const missing = missingIn(view.map).filter(
          ({ piece, block }) => left.has(`${piece}.${block}`) && !isFreed(piece),
        );
        for (const peer of view.peers) {
          if ((room.get(peer.id) ?? 0) === 0) continue;
          const could = missing.filter(({ piece, soleSource }) => {
            const isOpenToIt = (map.open(piece)?.soleSource ?? soleSource ?? peer.id) === peer.id;
            return isOpenToIt && peer.has(piece) && !peer.barred.has(piece);
          });
          expect(could).toEqual([]);
        }
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });

  test('an origin that may be asked for more is asked for every block that nobody brought and it can', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const policy = world.policy === 'peers-off' ? 'peers-off' : 'fastest';
        const view = viewOf({ ...world, policy, playback: null });
        if (policy === 'fastest' && isEnding(view)) return;
        const { map, runCounts } = carryOut(view, plan(view));
        for (const origin of view.origins) {
          const most = origin.ignoresRanges ? 1 : origin.maxRuns;
          if ((runCounts.get(origin.origin) ?? 0) >= most) continue;
          const could = missingIn(map).filter(
            ({ piece, soleSource }) => soleSource === null && !origin.barred.has(piece),
          );
          expect(could).toEqual([]);
        }
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });
});

describe('a policy that spares the origins begins no more than what is due, and one least range', () => {
  function expectSparing(world: World): void {
    const view = viewOf(world);
    // One that ignores ranges would send everything again for the next stretch: it gets all at once.
    if (view.origins.some(({ ignoresRanges }) => ignoresRanges)) return;
    const draft = new Draft(view);
    giveBackHalted(draft);
    planPeers(draft);
    const allowanceBytes = originsMayBring(draft);
    const { newOriginBytes } = carryOut(view, plan(view));
    const leastBytes = Math.max(MIN_RUN_BYTES, view.map.pieceLengthBytes);
    expect(newOriginBytes).toBeLessThanOrEqual(allowanceBytes === 0 ? 0 : allowanceBytes + leastBytes);
  }
  const policy = fc.constantFrom('balanced' as const, 'spare-origin' as const);

  test('in any world', () => {
    fc.assert(
      fc.property(anyWorld, policy, (world, sparing) => expectSparing({ ...world, policy: sparing })),
      { seed: 1, numRuns: 1_000 },
    );
  });

  test('in large ones, where long runs would be best', () => {
    const origin = fc.record({
      rate: fc.option(fc.integer({ min: 1_000, max: 20 * MIB }), { nil: null }),
      maxRuns: fc.integer({ min: 1, max: 4 }),
    });
    const large = fc.record({
      pieces: fc.integer({ min: 20, max: 300 }).map((count) => '.'.repeat(count)),
      pieceLengthBytes: fc.constantFrom(MIB / 8, MIB, 4 * MIB),
      origins: fc.record({ cdn: origin, mirror: origin }),
      policy,
      demand: fc.record({
        type: fc.constant('rate' as const),
        bytesPerS: fc.integer({ min: 1_000, max: 8 * MIB }),
        elapsedS: fc.nat(60),
        gotBytes: fc.nat(200 * MIB),
      }),
    });
    fc.assert(fc.property(large, expectSparing), { seed: 1, numRuns: 300 });
  });
});
