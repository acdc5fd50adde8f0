import { HASHED_AFTER_S, VERIFIED_AFTER_S } from './fluid-depot.ts';
import { deliveryOfOrigin, deliveryOfPeer, type FluidWorld, pieceCountOf } from './fluid-world.ts';
import { mostFromPartialSources, type PartialSource } from './max-flow.ts';
import { bytesBy, type RateTrace, timeOf, together } from './rate-trace.ts';

/** What a world's peers, or all of its sources, can bring through the downlink. */
const peersTogether = (world: FluidWorld): RateTrace =>
  together(world.peers.map(deliveryOfPeer), world.downlinkBytesPerS);
const allTogether = (world: FluidWorld): RateTrace =>
  together([...world.peers.map(deliveryOfPeer), ...world.origins.map(deliveryOfOrigin)], world.downlinkBytesPerS);

/**
 * The time in seconds before which no scheduler can have the whole file: every source sends all the time through the
 * downlink, and no source sends what it does not have. `Infinity` when the sources can never bring it.
 */
export function completionLimitS(world: FluidWorld): number {
  const byRatesS = timeOf(allTogether(world), world.lengthBytes);
  if (world.peers.every(({ pieces }) => pieces === null) || canBringAll(world, byRatesS)) return byRatesS;
  let lowS = byRatesS;
  let highS = Math.max(byRatesS, 1);
  while (!canBringAll(world, highS)) {
    lowS = highS;
    highS *= 2;
    if (highS > 1e6) return Number.POSITIVE_INFINITY;
  }
  while (highS - lowS > 0.001 * highS) {
    const middleS = (lowS + highS) / 2;
    if (canBringAll(world, middleS)) highS = middleS;
    else lowS = middleS;
  }
  return lowS;
}

function canBringAll(world: FluidWorld, byS: number): boolean {
  const whole = world.peers.filter(({ pieces }) => pieces === null).map(deliveryOfPeer);
  const fromWhole = [...whole, ...world.origins.map(deliveryOfOrigin)];
  const bytes = fromWhole.reduce((total, trace) => total + bytesBy(trace, byS), 0);
  return bytes + mostOfPartialPeers(world, byS) >= world.lengthBytes - 1;
}

function mostOfPartialPeers(world: FluidWorld, byS: number): number {
  const partial: PartialSource[] = [];
  for (const peer of world.peers) {
    if (peer.pieces !== null) partial.push({ pieces: peer.pieces, bytes: bytesBy(deliveryOfPeer(peer), byS) });
  }
  return mostFromPartialSources(partial, world.pieceLengthBytes, world.lengthBytes);
}

/** The most that peers can have brought by a moment: never more than the file, nor than the pieces that they have. */
export function mostOfPeers(world: FluidWorld, byS: number): number {
  const byRates = Math.min(bytesBy(peersTogether(world), byS), world.lengthBytes);
  const whole = world.peers.filter(({ pieces }) => pieces === null);
  const bytes = whole.reduce((total, peer) => total + bytesBy(deliveryOfPeer(peer), byS), 0);
  return Math.min(byRates, bytes + mostOfPartialPeers(world, byS));
}

/** A piece that a player reaches: all bytes before `endByte` must have come by `dueS`. */
type Due = { readonly endByte: number; readonly dueS: number };

/** When pieces must have come that the store then needs `storeS` for, for a player that starts and never waits. */
function duesOfPlayer(world: FluidWorld, startsAtS: number, storeS: number): Due[] {
  const { player, pieceLengthBytes, lengthBytes } = world;
  if (player === null) return [];
  return Array.from({ length: pieceCountOf(world) }, (_, piece) => {
    const startByte = piece * pieceLengthBytes;
    const reachedS = startByte < player.bufferBytes ? 0 : startByte / player.bytesPerS;
    const endByte = Math.min(startByte + pieceLengthBytes, lengthBytes);
    return { endByte, dueS: startsAtS + reachedS - storeS };
  });
}

/**
 * The fewest bytes that origins must send: what peers cannot have brought when it is due, at the deadline and at every
 * piece of a player that starts at `startsAtS`. The store may take its longest for each piece.
 */
export function leastOriginBytes(world: FluidWorld, startsAtS = 0): number {
  if (world.policy === 'fastest' || world.policy === 'peers-off') return 0;
  const ofPeers = peersTogether(world);
  let least = 0;
  if (world.deadlineS !== null) least = world.lengthBytes - mostOfPeers(world, world.deadlineS);
  for (const { endByte, dueS } of duesOfPlayer(world, startsAtS, VERIFIED_AFTER_S)) {
    least = Math.max(least, endByte - Math.min(bytesBy(ofPeers, dueS), world.lengthBytes));
  }
  const missing = world.lengthBytes - mostOfPeers(world, 1e9);
  return Math.max(least, missing, 0);
}

/** When the first buffer of a player can have come, in whole pieces. */
function bufferLimitS({ player, pieceLengthBytes, lengthBytes }: FluidWorld, all: RateTrace): number {
  const bufferBytes = Math.ceil((player?.bufferBytes ?? 0) / pieceLengthBytes) * pieceLengthBytes;
  return timeOf(all, Math.min(bufferBytes, lengthBytes));
}

/** The time in seconds before which no player can have its first buffer verified: in the store's first batch. */
export function startLimitS(world: FluidWorld): number {
  if (world.player === null) return 0;
  const all = allTogether(world);
  const firstPieceS = timeOf(all, Math.min(world.pieceLengthBytes, world.lengthBytes));
  return Math.max(firstPieceS + VERIFIED_AFTER_S, bufferLimitS(world, all) + HASHED_AFTER_S);
}

/** The seconds for which a player that starts at `startsAtS` must wait in all, however its pieces are fetched. */
export const stallLimitS = (world: FluidWorld, startsAtS = startLimitS(world)): number =>
  latestS(world, startsAtS, HASHED_AFTER_S);

/** Whether a player can go without a stall even when the store takes its longest for every piece. */
export const canPlaySmoothly = (world: FluidWorld): boolean =>
  latestS(world, bufferLimitS(world, allTogether(world)) + VERIFIED_AFTER_S, VERIFIED_AFTER_S) === 0;

function latestS(world: FluidWorld, startsAtS: number, storeS: number): number {
  const all = allTogether(world);
  let latest = 0;
  for (const { endByte, dueS } of duesOfPlayer(world, startsAtS, storeS)) {
    latest = Math.max(latest, timeOf(all, endByte) - dueS);
  }
  return latest < 1e-9 ? 0 : latest;
}
