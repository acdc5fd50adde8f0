import { performance } from 'node:perf_hooks';
import { FluidNetwork, type Trace } from './fluid-network.ts';
import type { FluidWorld } from './fluid-world.ts';
import { completionLimitS, leastOriginBytes, stallLimitS, startLimitS } from './limits.ts';
import { PromiseBalance } from './promise-balance.ts';

/** Bytes that may come twice (design of the scheduler): one in a hundred, and this much. */
const WASTE_SHARE = 0.01;
const FREE_WASTE_BYTES = 262_144;

/** What became of one world, next to what physics allows. Times in seconds from its start. */
export type WorldOutcome = {
  readonly world: FluidWorld;
  /** When the last piece was verified; null when it never was. */
  readonly tookS: number | null;
  readonly limitS: number;
  /** `tookS` by `limitS`. */
  readonly ratio: number;
  /** The same after one second that every download may lose; see the targets in worlds.test.ts. */
  readonly ratioAfterSecond: number;
  /** Bytes that crossed the downlink and were of no use. */
  readonly wastedBytes: number;
  /** Those of them that were cancelled when they were on their way; the others came twice. */
  readonly cancelledBytes: number;
  /** Bytes by which that is beyond what is allowed; 0 or less when it is not. */
  readonly wasteBeyondBytes: number;
  readonly originBytes: number;
  readonly leastOriginBytes: number;
  /** Percent of the file by which origins sent more than they had to. */
  readonly originPointsOver: number;
  /** Range requests, and blocks asked of peers. */
  readonly requests: number;
  readonly asks: number;
  readonly startS: number | null;
  readonly startLimitS: number;
  readonly stalls: number;
  readonly stallS: number;
  readonly stallLimitS: number;
  /** How far it was behind a promised rate at worst, in seconds of that rate; 0 when there is none. */
  readonly behindS: number;
  /** Percent of the file that idle sources could have brought while it was missing. */
  readonly idlePercent: number;
  readonly longestIdleS: number;
  readonly longestIdleIs: string;
  /** Real time that planning cost: in all, for the longest plan, and how many plans there were. */
  readonly planMs: number;
  readonly longestPlanMs: number;
  readonly plans: number;
  /** Real time that the whole world took. */
  readonly realMs: number;
};

export type RunOptions = {
  readonly trace?: Trace;
  readonly afterStep?: (network: FluidNetwork) => void;
};

/** Lets a real `Download` live in a world, and measures it. The same world gives the same outcome but for real times. */
export function runWorld(world: FluidWorld, options: RunOptions = {}): WorldOutcome {
  const startedMs = performance.now();
  const limitS = completionLimitS(world);
  const playsForS = world.player === null ? 0 : world.lengthBytes / world.player.bytesPerS;
  const promisedS = world.leastBytesPerS === undefined ? 0 : world.lengthBytes / world.leastBytesPerS;
  const patienceS = 4 * Math.max(Number.isFinite(limitS) ? limitS : 0, playsForS, world.deadlineS ?? 0, promisedS) + 60;
  const network = new FluidNetwork(world, options.trace ?? null);
  const promise = world.leastBytesPerS === undefined ? null : new PromiseBalance(world.leastBytesPerS);
  const watch = promiseWatch(network, promise);
  const tookS = network.run(patienceS, (after) => {
    watch();
    options.afterStep?.(after);
  });
  const { depot, player, clock, idle } = network;
  const startS = player === null ? 0 : player.startedAtS;
  const receivedBytes = network.peerBytes + depot.originBytes;
  const wastedBytes = Math.round(receivedBytes - network.wholeBytes);
  const least = leastOriginBytes(world, startS ?? 0, player?.startBytes);
  return {
    world,
    tookS,
    limitS,
    ratio: (tookS ?? Number.POSITIVE_INFINITY) / limitS,
    ratioAfterSecond: ((tookS ?? Number.POSITIVE_INFINITY) - 1) / limitS,
    wastedBytes,
    cancelledBytes: network.lateBytes,
    wasteBeyondBytes: Math.round(wastedBytes - receivedBytes * WASTE_SHARE - FREE_WASTE_BYTES),
    originBytes: depot.originBytes,
    leastOriginBytes: least,
    originPointsOver: ((depot.originBytes - least) / world.lengthBytes) * 100,
    requests: depot.origins.reduce((total, origin) => total + origin.requests, 0),
    asks: network.peers.reduce((total, peer) => total + peer.requests, 0),
    startS,
    startLimitS: startLimitS(world, player?.startBytes),
    stalls: player?.stalls ?? 0,
    stallS: player?.stallS ?? 0,
    stallLimitS: stallLimitS(world, startS ?? undefined),
    behindS: promise?.worstBehindS ?? 0,
    idlePercent: (idle.lostBytes / world.lengthBytes) * 100,
    longestIdleS: idle.longestS,
    longestIdleIs: idle.longestIs,
    planMs: clock.spentMs,
    longestPlanMs: clock.longestMs,
    plans: clock.calls,
    realMs: performance.now() - startedMs,
  };
}

/** Reckons after each step what came of a promised rate, until everything has come. */
function promiseWatch(network: FluidNetwork, promise: PromiseBalance | null): () => void {
  let gotBytes = 0;
  let atS = 0;
  return () => {
    if (promise === null || gotBytes >= network.world.lengthBytes - 1) return;
    promise.pass(network.nowS - atS, network.gotBytes - gotBytes);
    [gotBytes, atS] = [network.gotBytes, network.nowS];
  };
}
