import type { Draft, DraftPeer } from './draft.ts';

/** So long a peer is expected to go on as it does now; after that, as it does in the long run. */
const AS_NOW_S = 4;
/** Whoever else comes through the same link as an origin, so much of it surely does. */
const LEAST_BESIDES = 0.25;

/** Bytes that a peer is expected to bring within so many seconds. One that fell silent is not expected to recover. */
export function expectedBytes({ rateBytesPerS, view }: DraftPeer, withinS: number): number {
  if (view.isDoubted === true || view.usualBytesPerS === undefined) return rateBytesPerS * withinS;
  const asNowS = AS_NOW_S * (1 - Math.exp(-withinS / AS_NOW_S));
  return rateBytesPerS * asNowS + view.usualBytesPerS * (withinS - asNowS);
}

export type PeersExpected = {
  /** Bytes that all who bring something now bring within so many seconds. */
  readonly together: (withinS: number) => number;
  /** What they bring besides origins even when the best of them leaves, or when they share their link. */
  readonly besides: (withinS: number) => number;
};

export function peersExpected({ peers }: Draft): PeersExpected {
  const bringing = peers.filter(({ view, owed }) => view.rateBytesPerS !== null && owed > 0);
  const together = (withinS: number): number => bringing.reduce((sum, peer) => sum + expectedBytes(peer, withinS), 0);
  return {
    together,
    besides: (withinS) => {
      const bytes = together(withinS);
      const best = bringing.reduce((most, peer) => Math.max(most, expectedBytes(peer, withinS)), 0);
      return Math.max(bytes - best, LEAST_BESIDES * bytes);
    },
  };
}
