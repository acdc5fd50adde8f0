import { describe, expect, test, vi } from 'vitest';
import { playCrowd } from '../../support/simulation/crowd.ts';
import { playFluidSwarm } from '../../support/simulation/fluid-swarm.ts';
import { playSlotSwarm } from '../../support/simulation/slot-swarm.ts';
import { bestOffload, originOnlyPeak, type SwarmPlan, swarmOf } from '../../support/simulation/swarm-plan.ts';

// Whole swarms of peers that decide as the engine does. `npx tsx test/support/simulation/print-swarms.ts` has the rest.
// They are seconds of work in all, and several times that on a machine that is busy otherwise.
vi.setConfig({ testTimeout: 60_000 });

const SURPLUS: readonly SwarmPlan[] = [
  ...[1, 2, 3].map((seed) => swarmOf('a crowd of 200', 200, { seed })),
  swarmOf('a crowd of 1,000', 1_000),
  swarmOf('a crowd of 200 that knows the origin', 200, { knowsOrigin: true }),
  swarmOf('a crowd of 1,000 that knows the origin', 1_000, { knowsOrigin: true }),
  swarmOf('a crowd of 200 with little time', 200, { patienceS: 110 }),
  swarmOf('five peers', 5),
  swarmOf('two peers', 2),
  swarmOf('arrivals over 600 s', 200, { arrivalsS: 600 }),
  swarmOf('arrivals over 600 s, all leave when done', 200, { arrivalsS: 600, leavesWhenDone: true }),
];

test.each(SURPLUS)('peers of $name (seed $seed) bring 95 % of what they can, and nobody is late', (plan) => {
  const result = playSlotSwarm(plan);
  expect(result.late).toBe(0);
  expect(result.offload).toBeGreaterThanOrEqual(0.95 * bestOffload(plan));
  expect(result.offload).toBeLessThanOrEqual(bestOffload(plan) + 1e-9);
  expect(result.peakPerS).toBeLessThanOrEqual(0.3 * result.originOnlyPeakPerS);
});

test('a crowd with too little upload brings 90 % of what it can, and nobody is late', () => {
  const plan = swarmOf('deficit', 200, { patienceS: 80 });
  const result = playSlotSwarm(plan);
  expect(result.late).toBe(0);
  expect(result.offload).toBeGreaterThanOrEqual(0.9 * bestOffload(plan));
  expect(result.offload).toBeLessThanOrEqual(bestOffload(plan));
});

// The same with whole downloads, each with the engine's own loop: smaller, because each of its plans is really made.
test('downloads that run together bring nine tenths of what they can to each other, and nobody is late', () => {
  const plan = swarmOf('a few loops', 6, { pieces: 30, patienceS: 60 });
  const result = playCrowd(plan);
  expect(result.late).toBe(0);
  expect(result.offload).toBeGreaterThanOrEqual(0.9 * bestOffload(plan));
  expect(result.offload).toBeLessThanOrEqual(bestOffload(plan) + 1e-9);
  expect(result.peakPerS).toBeLessThanOrEqual(0.3 * result.originOnlyPeakPerS);
});

test.each([
  swarmOf('arrivals over 60 s, all leave when done', 10, { arrivalsS: 60, leavesWhenDone: true, seed: 1 }),
  swarmOf('arrivals over 40 s', 10, { arrivalsS: 40, seed: 6 }),
])('a peer that falls silent with the very last block makes nobody late: $name', (plan) => {
  expect(playCrowd({ ...plan, pieces: 24, patienceS: 36 }).late).toBe(0);
});

test('downloads that cannot help each other take everything from the origin, in time, or are late when it is too slow', () => {
  const alone = swarmOf('nobody uploads', 4, { pieces: 20, patienceS: 12, uploadRate: 0 });
  expect(playCrowd(alone)).toMatchObject({ late: 0 });
  expect(playCrowd(alone).offload).toBeCloseTo(0, 2);
  expect(playCrowd({ ...alone, patienceS: 3 }).late).toBe(4);
});

describe('the worlds themselves', () => {
  test('without injection a crowd waits for itself, and then takes everything from the origin, all at once', () => {
    const plan = swarmOf('nobody injects', 200, { injects: false, knowsOrigin: true });
    for (const result of [playSlotSwarm(plan), playFluidSwarm(plan)]) {
      expect(result).toMatchObject({ offload: 0, late: 0, injected: 0 });
      expect(result.peakPerS).toBe(originOnlyPeak(plan));
    }
  });

  test('without uploads nothing comes from peers, and nobody is late', () => {
    const plan = swarmOf('nobody uploads', 50, { uploadRate: 0 });
    for (const result of [playSlotSwarm(plan), playFluidSwarm(plan)]) {
      expect(result).toMatchObject({ offload: 0, late: 0 });
    }
  });

  test('who cannot be in time is counted', () => {
    const plan = swarmOf('hopeless', 20, { patienceS: 20, uploadRate: 0 });
    for (const play of [playSlotSwarm, playFluidSwarm]) expect(play(plan).late).toBe(20);
  });

  test('the same seed plays the same swarm, and another one another', () => {
    const plan = swarmOf('a crowd', 100);
    expect(playSlotSwarm(plan)).toEqual(playSlotSwarm(plan));
    expect(playSlotSwarm(plan)).not.toEqual(playSlotSwarm({ ...plan, seed: 2 }));
    expect(playFluidSwarm(plan)).toEqual(playFluidSwarm(plan));
  });

  test.each([
    [0, 400],
    [40, 250],
    [600, 17],
  ])('of 400 peers over %i s an origin alone would serve %i at a time', (arrivalsS, together) => {
    expect(originOnlyPeak(swarmOf('', 400, { arrivalsS }))).toBe(4 * together);
  });
});

describe('the liquid', () => {
  test.each([
    swarmOf('a crowd', 1_000),
    swarmOf('a crowd with too little upload', 1_000, { patienceS: 80, knowsOrigin: true }),
    swarmOf('arrivals over 600 s', 1_000, { arrivalsS: 600 }),
    swarmOf('arrivals over 600 s, all leave when done', 1_000, { arrivalsS: 600, leavesWhenDone: true }),
  ])('is within 5 points of the pieces: $name', (plan) => {
    const [pieces, liquid] = [playSlotSwarm(plan), playFluidSwarm(plan)];
    expect(Math.abs(pieces.offload - liquid.offload)).toBeLessThan(0.05);
    expect(liquid.late).toBe(0);
  });

  test('saves as much in a crowd of 20,000 as in one of 1,000', () => {
    const offloads = [1_000, 20_000].map((peers) => playFluidSwarm(swarmOf('a crowd', peers)).offload);
    expect(Math.abs((offloads[0] ?? 0) - (offloads[1] ?? 1))).toBeLessThan(0.01);
  });
});
