import { playCrowd } from './crowd.ts';
import { playFluidSwarm } from './fluid-swarm.ts';
import { playSlotSwarm } from './slot-swarm.ts';
import { bestOffload, type SwarmPlan, type SwarmResult, swarmOf } from './swarm-plan.ts';

/** Rough and fast, for ever larger crowds; only in `loops` does every peer run all of the engine's scheduler. */
const MODELS = { loops: playCrowd, slots: playSlotSwarm, fluid: playFluidSwarm } as const;

/** One swarm that was played, and how long that took. */
export type SwarmRow = {
  readonly model: keyof typeof MODELS;
  readonly plan: SwarmPlan;
  readonly result: Omit<SwarmResult, 'injected'> & { readonly injected?: number };
  readonly bestOffload: number;
  readonly tookMs: number;
};

const TOGETHER: readonly SwarmPlan[] = [
  swarmOf('crowd', 200),
  swarmOf('crowd', 1_000),
  swarmOf('crowd, rate of the origin known', 200, { knowsOrigin: true }),
  swarmOf('crowd, rate of the origin known', 1_000, { knowsOrigin: true }),
  swarmOf('crowd, nobody injects', 1_000, { knowsOrigin: true, injects: false }),
  swarmOf('crowd, deadline nearly too near', 1_000, { patienceS: 110 }),
  swarmOf('crowd, twice the patience', 1_000, { patienceS: 300 }),
  swarmOf('crowd, too little upload', 200, { patienceS: 80 }),
  swarmOf('crowd, too little upload', 1_000, { patienceS: 80 }),
  swarmOf('crowd, all leave when done', 1_000, { leavesWhenDone: true }),
  swarmOf('a few', 5),
  swarmOf('two', 2),
];
const SPREAD: readonly SwarmPlan[] = [
  swarmOf('arrivals over 600 s', 200, { arrivalsS: 600 }),
  swarmOf('arrivals over 600 s', 1_000, { arrivalsS: 600 }),
  swarmOf('arrivals over 600 s, rate of the origin known', 200, { arrivalsS: 600, knowsOrigin: true }),
  swarmOf('arrivals over 600 s, all leave when done', 200, { arrivalsS: 600, leavesWhenDone: true }),
  swarmOf('arrivals over 600 s, all leave when done', 1_000, { arrivalsS: 600, leavesWhenDone: true }),
];
const LOOPS: readonly SwarmPlan[] = [swarmOf('crowd', 20), swarmOf('arrivals over 300 s', 20, { arrivalsS: 300 })];
const MANY_LOOPS: readonly SwarmPlan[] = [swarmOf('crowd', 200)];
const FLUID_PEERS = [1_000, 10_000, 100_000, 1_000_000];

/**
 * Plays every swarm of the table and yields its rows as they are done; seconds on one core, the million included about a
 * minute more. Pieces are 1 MiB, the file 100 of them; each peer uploads one a second, downloads four, has 150 s of
 * patience and about 20 neighbours, and shares until its deadline, unless the row says otherwise. The crowd of 200 in which
 * every peer runs the whole scheduler is minutes of work, and played only when all of the table is wanted.
 * @param maxPeers Larger swarms are left out.
 */
export function* measureSwarms(nowMs: () => number, maxPeers = Number.POSITIVE_INFINITY): Generator<SwarmRow> {
  const fluid = FLUID_PEERS.flatMap((peers) => [
    swarmOf('crowd', peers),
    swarmOf('crowd, too little upload', peers, { patienceS: 80 }),
    swarmOf('arrivals over 600 s', peers, { arrivalsS: 600 }),
  ]);
  const worlds: readonly Pick<SwarmRow, 'model' | 'plan'>[] = [
    ...[...LOOPS, ...(maxPeers >= 1_000_000 ? MANY_LOOPS : [])].map((plan) => ({ model: 'loops' as const, plan })),
    ...[...TOGETHER, ...SPREAD].map((plan) => ({ model: 'slots' as const, plan })),
    ...fluid.map((plan) => ({ model: 'fluid' as const, plan })),
  ];
  for (const { model, plan } of worlds) {
    if (plan.peers > maxPeers) continue;
    const startedMs = nowMs();
    const result = MODELS[model](plan);
    yield { model, plan, result, bestOffload: bestOffload(plan), tookMs: nowMs() - startedMs };
  }
}

/** One row in words. */
export function describeSwarmRow({ model, plan, result, bestOffload: best, tookMs }: SwarmRow): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    model.padEnd(5),
    plan.peers.toLocaleString('en').padStart(9),
    plan.name.padEnd(45),
    `offload ${percent(result.offload).padStart(6)} of at best ${percent(best).padStart(6)}`,
    `= ${percent(result.offload / best).padStart(7)}`,
    `injected ${(result.injected === undefined ? '-' : percent(result.injected)).padStart(6)}`,
    `origin's peak ${percent(result.peakPerS / result.originOnlyPeakPerS).padStart(7)} of origin-only`,
    `late ${result.late}`,
    `${(tookMs / 1_000).toFixed(1)} s`,
  ].join('  ');
}
