import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { RunId } from '../store/depot.ts';

/** Where a piece stands, as one byte. */
export const PieceState = {
  /** Missing, and nobody fetches it. */
  free: 0,
  /** In a run of an origin that has not streamed past it. */
  inRun: 1,
  /** Being put together from blocks of peers. */
  open: 2,
  /** Complete: verified, or on its way to be. */
  held: 3,
} as const;

/** Where a block of an open piece stands, as one byte. */
export const BlockState = { missing: 0, asked: 1, here: 2 } as const;

/** An origin that may be asked now. One that rests after a fault, or was dropped, is not in the view. */
export type OriginView = {
  readonly origin: OriginUrl;
  /** Requests that may run at a time. */
  readonly maxRuns: number;
  /** Bytes a second over all its runs; null before it has shown any. */
  readonly rateBytesPerS: number | null;
  /** Time from request to first byte; null before the first. */
  readonly firstByteMs: number | null;
  /** Every request gets the whole file from its start: one run at a time. */
  readonly ignoresRanges: boolean;
  /** Pieces that it must not be asked for, because what it sent for them was wrong. */
  readonly barred: ReadonlySet<PieceIndex>;
};

export type RunView = {
  readonly run: RunId;
  readonly origin: OriginUrl;
  /** The piece that its stream is in. */
  readonly piece: PieceIndex;
  /** First piece that is not part of it. */
  readonly endPiece: PieceIndex;
  /** Bytes between its stream and its end. */
  readonly leftBytes: number;
  readonly rateBytesPerS: number | null;
};

export type PeerView = {
  readonly id: PeerId;
  /** Blocks that it may be asked for now, on top of those it owes. */
  readonly freeRequests: number;
  readonly rateBytesPerS: number;
  readonly barred: ReadonlySet<PieceIndex>;
  has(piece: PieceIndex): boolean;
};

export type OpenPieceView = {
  readonly piece: PieceIndex;
  /** One `BlockState` a block. */
  readonly blocks: Uint8Array;
  /** Peer that each block was last asked of. */
  readonly askedOf: readonly (PeerId | undefined)[];
  /** Only this peer may bring it, so that a wrong hash has one name. */
  readonly soleSource: PeerId | null;
};

/** Everything that a decision may depend on. Nothing here is changed by planning. */
export type PlanView = {
  readonly pieceLengthBytes: number;
  readonly lengthBytes: number;
  /** One `PieceState` a piece. */
  readonly pieces: Uint8Array;
  /** How many connected peers have each piece. */
  readonly holders: Uint16Array;
  /** Pieces that failed with several sources: the next try has one. */
  readonly suspect: ReadonlySet<PieceIndex>;
  readonly origins: readonly OriginView[];
  readonly runs: readonly RunView[];
  readonly peers: readonly PeerView[];
  readonly open: readonly OpenPieceView[];
  /** Bytes that duplicate requests may still cost. */
  readonly wasteAllowanceBytes: number;
  /** Breaks ties between equally rare pieces, so that peers of one swarm do not all choose the same. */
  readonly seed: number;
};

/** What to do next. `because` is what a log and a publisher's bill are told. */
export type Decision =
  | {
      readonly type: 'start-run';
      readonly origin: OriginUrl;
      readonly startPiece: PieceIndex;
      readonly endPiece: PieceIndex;
      readonly because: 'free' | 'split' | 'rescue';
    }
  | { readonly type: 'shorten-run'; readonly run: RunId; readonly endPiece: PieceIndex }
  | {
      readonly type: 'ask';
      readonly peer: PeerId;
      readonly piece: PieceIndex;
      readonly block: number;
      readonly because: 'begun' | 'rarest' | 'stolen' | 'end-game';
    };
