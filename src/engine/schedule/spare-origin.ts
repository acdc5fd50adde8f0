import type { PieceIndex } from '../../model/ids.ts';

/** What is here this long before it is due is in time; estimates of one second are worth no more. */
const MARGIN_S = 0.5;
/** Of their rate, what peers and origins are trusted to keep up until the horizon. */
const PEER_CONFIDENCE = 0.9;
const ORIGIN_CONFIDENCE = 0.9;
/** Horizons grow by this from one to the next: near ones need care, far ones are guesses. */
const HORIZON_GROWTH = 1.25;
/** Nobody's patience is longer; bounds the number of horizons. */
const MAX_HORIZON_S = 30 * 86_400;
/** A shortfall grows by single blocks while peers fall behind; an origin is not asked for less than this at a time. */
export const LEAST_BYTES = 262_144;
/** An origin that has shown nothing is taken for a slow one, and asked in time for one range that shows its rate. */
export const UNPROVEN_BYTES_PER_S = 131_072;
const PROBE_BYTES = LEAST_BYTES;

export type GateView = {
  /** Missing bytes that no source is bringing or has brought. */
  readonly freeBytes: number;
  /** What the runs under way will still bring. */
  readonly inFlightOriginBytes: number;
  /** Bytes asked of peers and not here yet. */
  readonly inFlightPeerBytes: number;
  /** Bytes a second that peers bring now, over those that have something we lack. */
  readonly peerBytesPerS: number;
  readonly peerRoundTripS: number;
  /** Over all usable origins; null before any has shown its rate. */
  readonly originBytesPerS: number | null;
  readonly originFirstByteS: number;
  /** Missing bytes (in flight or not) that must be here this many seconds from now; never falls with the horizon. */
  readonly dueBytes: (horizonS: number) => number;
  /** The furthest horizon that matters, in seconds. */
  readonly lastHorizonS: number;
  /** What is here so long before it is due is in time; half a second when not given. */
  readonly marginS?: number;
  /** What an origin that has shown nothing is asked for; one short range when not given. */
  readonly probeBytes?: number;
  /** What an origin that has shown nothing is taken for. */
  readonly unprovenBytesPerS?: number;
  /** Origins are asked for no less at a time; one short range when not given. */
  readonly leastBytes?: number;
  /** What peers have of what is due by a horizon, as far as each can bring its own in so many seconds; all when not given. */
  readonly peersHaveBytes?: (horizonS: number, usableS: number) => number;
  /** What peers bring within so many seconds; as at `peerBytesPerS` when not given. */
  readonly peersBring?: (withinS: number) => number;
  /** What of it comes besides what origins bring, through the same link; nothing when not given. */
  readonly besides?: (withinS: number) => number;
};

/**
 * Bytes that may be asked of origins now so that everything is there in time; 0 while peers may still do it.
 *
 * For each horizon, what is due by then, less what origins are bringing and peers can bring, is the shortfall. Origins
 * are asked for the largest one whose latest safe moment has come: when all that is due by its horizon would fill the link
 * until then. What falls short later may wait: peers may yet become faster. The link is trusted for the faster of peers
 * and origins and not for their sum, since they may share it, but for what is given of peers besides.
 * Pure. Never more than `freeBytes`. A horizon that has passed is due at once.
 */
export function originAllowanceBytes(view: GateView): number {
  return allowanceOf(view).bytes;
}

/** The same, with the horizon of that shortfall. */
export function allowanceOf(view: GateView): { readonly bytes: number; readonly withinS: number } {
  const { inFlightOriginBytes, freeBytes, originBytesPerS, originFirstByteS, marginS = MARGIN_S } = view;
  const lastHorizonS = Math.min(Math.max(view.lastHorizonS, 0), MAX_HORIZON_S);
  const { unprovenBytesPerS = UNPROVEN_BYTES_PER_S } = view;
  const trustedOrigin = ORIGIN_CONFIDENCE * (originBytesPerS ?? unprovenBytesPerS);
  const linkBrings = (withinS: number): number => {
    const besides = PEER_CONFIDENCE * (view.besides?.(withinS) ?? 0);
    return Math.max(trustedOrigin * withinS + besides, PEER_CONFIDENCE * peersBring(view, withinS));
  };
  let largest = 0;
  let withinS = 0;
  let horizonS = Math.min(marginS, lastHorizonS);
  for (;;) {
    const dueBytes = view.dueBytes(horizonS);
    if (dueBytes > inFlightOriginBytes) {
      const shortfall = dueBytes - inFlightOriginBytes - inTimeOfPeers(view, horizonS);
      const usableS = Math.max(horizonS - originFirstByteS - marginS, 0);
      if (shortfall > largest && dueBytes >= linkBrings(usableS)) {
        withinS = horizonS;
        largest = shortfall;
      }
    }
    if (horizonS >= lastHorizonS) break;
    horizonS = Math.min(horizonS * HORIZON_GROWTH, lastHorizonS);
  }
  if (largest === 0) return { bytes: 0, withinS };
  const wanted = originBytesPerS === null ? (view.probeBytes ?? PROBE_BYTES) - inFlightOriginBytes : largest;
  return { bytes: wanted > 0 ? Math.min(Math.max(wanted, view.leastBytes ?? LEAST_BYTES), freeBytes) : 0, withinS };
}

const peersBring = (view: GateView, withinS: number): number =>
  view.peersBring?.(withinS) ?? view.peerBytesPerS * withinS;

/**
 * For the length of a round trip only what was asked for already can come; after that, what they are still asked.
 * Peers are trusted until the moment at which an origin could still stand in for them.
 */
function inTimeOfPeers(view: GateView, horizonS: number): number {
  const usableS = Math.max(horizonS - view.originFirstByteS - (view.marginS ?? MARGIN_S), 0);
  const inTimeBytes = Math.min(
    PEER_CONFIDENCE * peersBring(view, usableS),
    view.inFlightPeerBytes + PEER_CONFIDENCE * peersBring(view, Math.max(usableS - view.peerRoundTripS, 0)),
  );
  return Math.min(inTimeBytes, view.peersHaveBytes?.(horizonS, usableS) ?? Number.POSITIVE_INFINITY);
}

/** Copies of a piece that a neighbourhood fetches for itself each second, on average, while nobody in it has any. */
const ALPHA = 0.25;
/** At the pace of the moment, a neighbourhood has everything within this share of the time that is left. */
const INJECT_WITHIN = 0.5;
const THROW_EVERY_MS = 1_000;

export type InjectionView = {
  readonly seed: number;
  readonly nowMs: number;
  readonly neighbours: number;
  /** Missing pieces that no neighbour has or claims. */
  readonly unclaimed: readonly PieceIndex[];
  readonly alpha?: number;
};

/**
 * The piece to fetch from an origin although nothing is due, so that the swarm has it; null most of the time. Without it
 * a crowd that starts together waits for each other until all must ask the origin for everything.
 *
 * Among a peer and its neighbours, about `alpha` pieces a second are fetched. At most one a second: chance comes from
 * `seed` and the running second, so the same log gives the same answer, and who asks again within the second gets the
 * same throw, and must not act on it twice. The second begins at a moment of its own for each seed, so that a
 * neighbour's claim is heard before the next throw. Alone, nobody would be helped: null.
 */
export function injectedPiece(view: InjectionView): PieceIndex | null {
  const { seed, nowMs, neighbours, unclaimed, alpha = ALPHA } = view;
  if (neighbours < 1 || unclaimed.length === 0) return null;
  const second = Math.floor((nowMs + unitOf(seed, 0, 0) * THROW_EVERY_MS) / THROW_EVERY_MS);
  if (unitOf(seed, second, 1) >= alpha / (neighbours + 1)) return null;
  return unclaimed[Math.floor(unitOf(seed, second, 2) * unclaimed.length)] ?? null;
}

/**
 * How eagerly to inject, as `alpha` of `injectedPiece`: as ever, or so that a neighbourhood has what nobody in it has
 * well before its deadline. That is much while a crowd is young or has few peers, and soon little: what the swarm has
 * is covered, and a copy too many is waste.
 * @param unclaimedPieces Missing pieces that no neighbour has or claims.
 * @param lastHorizonS Seconds until the last byte is due.
 */
export function injectionAlpha(unclaimedPieces: number, lastHorizonS: number): number {
  return Math.max(unclaimedPieces / Math.max(INJECT_WITHIN * lastHorizonS, 1), ALPHA);
}

/** A number from 0 to below 1 that looks like chance: the finaliser of MurmurHash3 over what names the throw. */
function unitOf(seed: number, second: number, use: number): number {
  let hash = 0;
  for (const word of [seed, second, Math.floor(second / 2 ** 32), use]) {
    hash = (Math.imul(hash, 0x01000193) ^ (word | 0)) + 0x9e3779b9;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}
