import { GRACE_S } from '../../../src/engine/transfer/rate-promise.ts';
import { HASHED_AFTER_S, VERIFIED_AFTER_S } from './fluid-depot.ts';
import { deliveryOfOrigin, deliveryOfPeer, type FluidWorld, pieceCountOf } from './fluid-world.ts';
import { mostFromPartialSources, type PartialSource } from './max-flow.ts';
import { PromiseBalance } from './promise-balance.ts';
import { bytesBy, type RateTrace, timeOf, together, traceReader } from './rate-trace.ts';

/** What a world's peers, or all of its sources, can bring through the downlink. */
const peersTogether = (world: FluidWorld): RateTrace =>
  together(world.peers.map(deliveryOfPeer), world.downlinkBytesPerS);
const allTogether = (world: FluidWorld): RateTrace =>
  together([...world.peers.map(deliveryOfPeer), ...world.origins.map(deliveryOfOrigin)], world.downlinkBytesPerS);

/**
 * The time in seconds before which no scheduler can have the whole file: every source sends all the time through the
 * downlink, and no source sends what it does not have. `Infinity` when the sources can never bring it.
 */
export const completionLimitS = (world: FluidWorld): number =>
  beginningLimitS(world, allTogether(world), world.lengthBytes);

/** When everything before an offset can have come; to a thousandth where peers have only some pieces. */
function beginningLimitS(world: FluidWorld, all: RateTrace, endByte: number): number {
  const byRatesS = timeOf(all, endByte);
  if (world.peers.every(({ pieces }) => pieces === null) || canBring(world, endByte, byRatesS)) return byRatesS;
  let lowS = byRatesS;
  let highS = Math.max(byRatesS, 1);
  while (!canBring(world, endByte, highS)) {
    lowS = highS;
    highS *= 2;
    if (highS > 1e6) return Number.POSITIVE_INFINITY;
  }
  while (highS - lowS > 0.001 * highS) {
    const middleS = (lowS + highS) / 2;
    if (canBring(world, endByte, middleS)) highS = middleS;
    else lowS = middleS;
  }
  return lowS;
}

/** Whether everything before an offset can have come by a moment, the downlink aside. */
function canBring(world: FluidWorld, endByte: number, byS: number): boolean {
  const whole = world.peers.filter(({ pieces }) => pieces === null).map(deliveryOfPeer);
  const fromWhole = [...whole, ...world.origins.map(deliveryOfOrigin)];
  const bytes = fromWhole.reduce((total, trace) => total + bytesBy(trace, byS), 0);
  return bytes >= endByte - 1 || bytes + mostOfPartialPeers(world, endByte, byS) >= endByte - 1;
}

function mostOfPartialPeers(world: FluidWorld, endByte: number, byS: number): number {
  const partial: PartialSource[] = [];
  for (const peer of world.peers) {
    if (peer.pieces !== null) partial.push({ pieces: peer.pieces, bytes: bytesBy(deliveryOfPeer(peer), byS) });
  }
  return mostFromPartialSources(partial, world.pieceLengthBytes, endByte);
}

/**
 * The most that peers can have brought by a moment of what is before an offset: never more than that, nor than the
 * pieces that they have.
 */
export function mostOfPeers(world: FluidWorld, byS: number, endByte = world.lengthBytes): number {
  const byRates = Math.min(bytesBy(peersTogether(world), byS), endByte);
  const whole = world.peers.filter(({ pieces }) => pieces === null);
  const bytes = whole.reduce((total, peer) => total + bytesBy(deliveryOfPeer(peer), byS), 0);
  if (bytes >= byRates) return byRates;
  return Math.min(byRates, bytes + mostOfPartialPeers(world, endByte, byS));
}

/** A piece that a player reaches: all bytes before `endByte` must have come by `dueS`. */
type Due = { readonly endByte: number; readonly dueS: number };

/** When pieces must have come that the store then needs `storeS` for, for a player that starts and never waits. */
function duesOfPlayer(world: FluidWorld, startsAtS: number, storeS: number, startBytes?: number): Due[] {
  const { player, pieceLengthBytes, lengthBytes } = world;
  if (player === null) return [];
  const firstBytes = startBytes ?? player.bufferBytes;
  return Array.from({ length: pieceCountOf(world) }, (_, piece) => {
    const startByte = piece * pieceLengthBytes;
    const reachedS = startByte < firstBytes ? 0 : startByte / player.bytesPerS;
    const endByte = Math.min(startByte + pieceLengthBytes, lengthBytes);
    return { endByte, dueS: startsAtS + reachedS - storeS };
  });
}

/** Where peers have only some pieces, each moment costs a flow: so many are looked at, the worst by rates among them. */
const MOST_FLOWS = 48;

/** The largest value of any due; exact where `byRates`, which is never larger than `exact`, is all there is. */
function largest(
  world: FluidWorld,
  dues: readonly Due[],
  byRates: (due: Due) => number,
  exact: (due: Due, soFar: number) => number,
): number {
  let most = Number.NEGATIVE_INFINITY;
  let worst = dues[0];
  for (const due of dues) {
    const value = byRates(due);
    if (value > most) [most, worst] = [value, due];
  }
  if (worst === undefined || world.peers.every(({ pieces }) => pieces === null)) return most;
  most = Math.max(most, exact(worst, most));
  const step = Math.max(dues.length / MOST_FLOWS, 1);
  for (let at = dues.length - 1; at >= 0; at -= step) most = Math.max(most, exact(dues[Math.floor(at)] as Due, most));
  return most;
}

/**
 * The fewest bytes that origins must send: what peers cannot have brought when it is due, at the deadline and at every
 * piece of a player that starts at `startsAtS` with `startBytes` ahead. Peers that have only some pieces bring no others.
 */
export function leastOriginBytes(world: FluidWorld, startsAtS = 0, startBytes?: number): number {
  if (world.policy === 'fastest' || world.policy === 'peers-off') return 0;
  if (world.leastBytesPerS !== undefined) return leastForPromise(world, world.leastBytesPerS);
  const ofPeers = peersTogether(world);
  let least = world.lengthBytes - mostOfPeers(world, world.deadlineS ?? 1e9);
  const ofPlayer = largest(
    world,
    duesOfPlayer(world, startsAtS, HASHED_AFTER_S, startBytes),
    ({ endByte, dueS }) => endByte - bytesBy(ofPeers, dueS),
    ({ endByte, dueS }) => endByte - mostOfPeers(world, dueS, endByte),
  );
  least = Math.max(least, ofPlayer);
  return Math.max(least, 0);
}

/** Each moment costs a flow where peers have only some pieces: so many are looked at. */
const PROMISE_FLOWS = 48;
const PROMISE_STEP_S = 0.02;

/**
 * The fewest bytes that origins must send to keep a promised rate: in every moment after the grace, what the peers cannot
 * have brought of it by then, when all they bring beyond it counts for as long as the promise gives credit. Origins that
 * bring each byte only when it lacks bring fewest, since what comes sooner may be more than the credit.
 */
function leastForPromise(world: FluidWorld, leastBytesPerS: number): number {
  const { lengthBytes } = world;
  const ofPeers = traceReader(peersTogether(world));
  const endS = lengthBytes / leastBytesPerS + GRACE_S;
  const balance = new PromiseBalance(leastBytesPerS);
  let [fromPeers, fromOrigins, mostFromPeers, lookedAtS] = [0, 0, 0, 0];
  for (let atS = 0; fromPeers + fromOrigins < lengthBytes; atS += PROMISE_STEP_S) {
    if (atS >= lookedAtS) {
      lookedAtS = atS + endS / PROMISE_FLOWS;
      mostFromPeers = mostOfPeers(world, lookedAtS);
    }
    const could = Math.min(
      ofPeers(atS) * PROMISE_STEP_S,
      mostFromPeers - fromPeers,
      lengthBytes - fromPeers - fromOrigins,
    );
    const bytes = Math.max(could, 0);
    fromPeers += bytes;
    balance.pass(PROMISE_STEP_S, bytes);
    const lackBytes = Math.min(-balance.bytes, lengthBytes - fromPeers - fromOrigins);
    if (lackBytes <= 0) continue;
    fromOrigins += lackBytes;
    balance.pass(0, lackBytes);
  }
  return fromOrigins;
}

/** When so many bytes from the start can have come, in whole pieces. */
function bufferLimitS({ pieceLengthBytes, lengthBytes, ...world }: FluidWorld, all: RateTrace, bytes: number): number {
  const wholeBytes = Math.min(Math.ceil(bytes / pieceLengthBytes) * pieceLengthBytes, lengthBytes);
  return beginningLimitS({ ...world, pieceLengthBytes, lengthBytes }, all, wholeBytes);
}

/** The time in seconds before which no player can have verified what it wants to begin with. */
export function startLimitS(world: FluidWorld, startBytes = world.player?.bufferBytes ?? 0): number {
  return world.player === null ? 0 : bufferLimitS(world, allTogether(world), startBytes) + HASHED_AFTER_S;
}

/** The seconds for which a player that starts at `startsAtS` must wait in all, however its pieces are fetched. */
export const stallLimitS = (world: FluidWorld, startsAtS = startLimitS(world)): number =>
  latestS(world, startsAtS, HASHED_AFTER_S);

/** Whether a player that begins as soon as it can goes without a stall even when the store takes its longest for every piece. */
export function canPlaySmoothly(world: FluidWorld): boolean {
  const bufferS = bufferLimitS(world, allTogether(world), world.player?.bufferBytes ?? 0);
  return latestS(world, bufferS + VERIFIED_AFTER_S, VERIFIED_AFTER_S) === 0;
}

function latestS(world: FluidWorld, startsAtS: number, storeS: number): number {
  const all = allTogether(world);
  const latest = largest(
    world,
    duesOfPlayer(world, startsAtS, storeS),
    ({ endByte, dueS }) => timeOf(all, endByte) - dueS,
    ({ endByte, dueS }, soFar) =>
      canBring(world, endByte, dueS + Math.max(soFar, 0)) ? soFar : beginningLimitS(world, all, endByte) - dueS,
  );
  return Math.max(latest, 0) < 1e-9 ? 0 : latest;
}
