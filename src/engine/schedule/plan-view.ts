import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { Policy } from '../../model/policy.ts';
import type { RunId } from '../store/depot.ts';
import type { PieceMap } from './piece-map.ts';

/** An origin that may be asked now. One that rests after a fault, or was dropped, is not in the view. */
export type OriginView = {
  readonly origin: OriginUrl;
  /** Requests that may run at a time. */
  readonly maxRuns: number;
  /** Bytes a second over all its runs while it had any; null before it has shown any. */
  readonly rateBytesPerS: number | null;
  /** Bytes that it has brought so far; what a few bytes show of a rate is little. Not given: enough. */
  readonly shownBytes?: number;
  /** Time from request to first byte; null before the first. */
  readonly firstByteMs: number | null;
  /** Since its last byte, or since it was first asked after that; 0 while nothing is asked of it. */
  readonly silentS: number;
  /** Every request gets the whole file from its start: one run at a time. */
  readonly ignoresRanges: boolean;
  /** Pieces that it must not be asked for, because what it sent for them was wrong. */
  readonly barred: ReadonlySet<PieceIndex>;
};

/** A run that is under way. Offsets are bytes of the torrent. */
export type RunView = {
  readonly run: RunId;
  readonly origin: OriginUrl;
  /** Where its stream has come. */
  readonly positionByte: number;
  /** First byte that is not part of it. */
  readonly endByte: number;
  readonly rateBytesPerS: number | null;
  /** Since its last byte, or since it was asked for. */
  readonly silentS: number;
};

export type Owed = { readonly piece: PieceIndex; readonly block: number };

export type PeerView = {
  readonly id: PeerId;
  /** Blocks that it may be asked for now, on top of those it owes. */
  readonly freeRequests: number;
  /** The same for blocks that can wait, of which more may be owed; not given: no more. */
  readonly calmRequests?: number;
  /** Bytes a second while it owed something; null before it has shown any. */
  readonly rateBytesPerS: number | null;
  /** What it has come down to in the last quarter of a second; null or not given: it has not become slower. */
  readonly slowedBytesPerS?: number | null;
  /** The same in the long run; not given: as now. */
  readonly usualBytesPerS?: number;
  readonly roundTripS: number;
  /** Since its last block, or since it was asked for the first of those it owes; 0 while it owes none. */
  readonly silentS: number;
  /** It fell silent when it was asked last, and is asked for one block to see whether it is there; not given: no. */
  readonly isDoubted?: boolean;
  readonly owedBlocks: number;
  readonly barred: ReadonlySet<PieceIndex>;
  has(piece: PieceIndex): boolean;
  /** What it owes, in the order in which it was asked. */
  owed(): readonly Owed[];
};

/** By when bytes must be here, when the policy spares the origins. Bytes count from the start of the download. */
export type Demand =
  /** A rate: `gotBytes` of `bytesPerS` times `elapsedS` have come, and so much more is due in each second from now. */
  | { readonly type: 'rate'; readonly bytesPerS: number; readonly elapsedS: number; readonly gotBytes: number }
  /** Everything, this many seconds from now; peers that have been known for a short time have shown little. */
  | { readonly type: 'deadline'; readonly inS: number; readonly elapsedS?: number };

/** Everything that a decision may depend on. Nothing here is changed by planning. */
export type PlanView = {
  readonly nowMs: number;
  readonly policy: Policy;
  /** Null: origins may be asked for whatever they can bring. */
  readonly demand: Demand | null;
  /** Somebody plays from this byte on, at this rate; or waits there until so many bytes are ready. */
  readonly playback: {
    readonly positionByte: number;
    readonly bytesPerS: number;
    readonly waitsForBytes?: number;
  } | null;
  readonly map: PieceMap;
  /** How many connected peers have each piece. */
  readonly holders: Uint16Array;
  /** Free pieces, rarest first; others may be among them. */
  readonly rarest: () => Uint32Array;
  /** Whether some free piece may be held by no peer. */
  readonly hasOrphans: boolean;
  /** What all origins together may bring, in bytes a second; null or not given: what they can. */
  readonly originsPaceBytesPerS?: number | null;
  /** Pieces that neighbours fetch from an origin now. */
  readonly claimed: ReadonlySet<PieceIndex>;
  /** Pieces that failed with several sources: the next try has one. */
  readonly suspect: ReadonlySet<PieceIndex>;
  readonly origins: readonly OriginView[];
  readonly runs: readonly RunView[];
  readonly peers: readonly PeerView[];
  /** Bytes that duplicate requests may still cost. */
  readonly wasteAllowanceBytes: number;
  /** When a piece was last fetched only so that the swarm has it; null or not given: never. */
  readonly lastInjectionMs?: number | null;
  /** Breaks ties between equally rare pieces, so that peers of one swarm do not all choose the same. */
  readonly seed: number;
};

/** What to do next. `because` is what a log and a publisher's bill are told. */
export type Decision =
  | {
      readonly type: 'start-run';
      readonly origin: OriginUrl;
      readonly startByte: number;
      readonly endByte: number;
      /** Nobody brings it; it is due; it is taken from a slower run or from slower peers; so that the swarm has it. */
      readonly because: 'free' | 'due' | 'split' | 'rescue' | 'inject';
    }
  | {
      readonly type: 'shorten-run';
      readonly run: RunId;
      readonly endByte: number;
      readonly because: 'split' | 'stolen' | 'halted';
    }
  | {
      readonly type: 'ask';
      readonly peer: PeerId;
      readonly piece: PieceIndex;
      readonly block: number;
      readonly because: 'begun' | 'rarest' | 'due' | 'stolen' | 'end-game';
    }
  /** Somebody faster brings it. */
  | { readonly type: 'cancel'; readonly peer: PeerId; readonly piece: PieceIndex; readonly block: number };
