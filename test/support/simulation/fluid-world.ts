import type { Policy } from '../../../src/model/policy.ts';
import { during, type RateTrace } from './rate-trace.ts';

/** A peer of a simulated world. Times are seconds from the start of the download. */
export type FluidPeerTraits = {
  readonly name: string;
  readonly rate: RateTrace;
  readonly roundTripS: number;
  /** When its connection is there. */
  readonly joinsAtS: number;
  readonly death: Death<'leaves' | 'falls-silent'> | null;
  /** One byte a piece, 1 for those that it has; null when it has all. */
  readonly pieces: Uint8Array | null;
  readonly maxRequests: number;
};

/** An origin of a simulated world. Its rate is shared equally by its runs. */
export type FluidOriginTraits = {
  readonly name: string;
  readonly rate: RateTrace;
  readonly firstByteS: number;
  /** `closes`: connections end and new ones fail. `busy`: the same, with status 503. `stalls`: nothing comes any more. */
  readonly death: Death<'closes' | 'busy' | 'stalls'> | null;
};

/** A source that sends nothing from `atS` on, and how that is noticed. */
export type Death<How> = { readonly atS: number; readonly how: How };

/**
 * A player of this rate that starts at the first byte when the real one would, and never with less than `bufferBytes`.
 */
export type FluidPlayer = {
  readonly bytesPerS: number;
  readonly bufferBytes: number;
  /** When it jumps, and where to. */
  readonly jumps?: readonly FluidJump[];
};
export type FluidJump = { readonly atS: number; readonly toByte: number };

/** One download in a network of rates and delays: data only, so that a world can be printed and limits computed. */
export type FluidWorld = {
  readonly name: string;
  readonly seed: number;
  readonly lengthBytes: number;
  readonly pieceLengthBytes: number;
  /** What all sources together can send through the downloader's own link. */
  readonly downlinkBytesPerS: number;
  readonly peers: readonly FluidPeerTraits[];
  readonly origins: readonly FluidOriginTraits[];
  readonly policy: Policy;
  /** When a transfer that spares its origins must be done; null when only the player has deadlines. */
  readonly deadlineS: number | null;
  /** The rate at which such a transfer must get on; not given: none. */
  readonly leastBytesPerS?: number;
  readonly player: FluidPlayer | null;
};

/** What a peer can deliver: nothing before its connection and one round trip, nothing after its death. */
export const deliveryOfPeer = ({ rate, joinsAtS, roundTripS, death }: FluidPeerTraits): RateTrace =>
  during(rate, joinsAtS + roundTripS, death?.atS);

/** What an origin can deliver: nothing before its first byte, nothing after its death. */
export const deliveryOfOrigin = ({ rate, firstByteS, death }: FluidOriginTraits): RateTrace =>
  during(rate, firstByteS, death?.atS);

/** How many pieces a world's torrent has. */
export const pieceCountOf = (world: Pick<FluidWorld, 'lengthBytes' | 'pieceLengthBytes'>): number =>
  Math.ceil(world.lengthBytes / world.pieceLengthBytes);

/** One byte a piece, 1 for a share of them that chance chooses. */
export const somePieces = (chance: () => number, pieceCount: number, share: number): Uint8Array =>
  Uint8Array.from({ length: pieceCount }, () => (chance() < share ? 1 : 0));
