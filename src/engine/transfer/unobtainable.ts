import type { PieceIndex } from '../../model/ids.ts';
import { PieceState } from '../schedule/piece-map.ts';

/** Silence after which nobody is waited for, when no tracker could bring another peer; and when one could. */
const QUIET_MS = 5_000;
const QUIET_WITH_TRACKERS_MS = 60_000;

/** How an origin stands to the pieces that are missing. */
export type OriginOutlook = {
  /** It lied, and is not asked any more. */
  readonly isDropped: boolean;
  /** Dropped, or so long without a good answer that nothing is expected of it. */
  readonly isGone: boolean;
  /** Pieces that it cannot bring, because what it has there is another file, or none. */
  readonly lacks: ReadonlySet<PieceIndex>;
};

export type Outlook = {
  /** One `PieceState` a piece. */
  readonly states: Uint8Array;
  /** Pieces that are not verified. */
  readonly left: number;
  /** How many connected peers have each piece. */
  readonly holders: Uint16Array;
  readonly origins: readonly OriginOutlook[];
  /** Time since anything came. */
  readonly quietMs: number;
  /** Whether another peer may turn up. */
  readonly hasTrackers: boolean;
};

/**
 * The missing pieces, when it is certain that nobody can bring a single one of them and time to go on without: no
 * connected peer has them, every origin lacks them or is gone, and nothing has come for a while. Null while there is
 * hope, also when an origin that lied is all there was: what it would have had is not known.
 * Pure.
 */
export function unobtainablePieces(outlook: Outlook): PieceIndex[] | null {
  const { states, left, holders, origins, quietMs, hasTrackers } = outlook;
  if (left === 0 || quietMs < (hasTrackers ? QUIET_WITH_TRACKERS_MS : QUIET_MS)) return null;
  const missing: PieceIndex[] = [];
  for (let index = 0; index < states.length; index++) {
    if (states[index] === PieceState.held) continue;
    const piece = index as PieceIndex;
    if (states[index] === PieceState.inRun || holders[index] !== 0 || !isLackedByAll(origins, piece)) return null;
    missing.push(piece);
  }
  return missing.length === left ? missing : null; // else some are being verified now
}

function isLackedByAll(origins: readonly OriginOutlook[], piece: PieceIndex): boolean {
  const isLacked = origins.some(({ isDropped, lacks }) => !isDropped && lacks.has(piece));
  return isLacked && origins.every(({ isGone, lacks }) => isGone || lacks.has(piece));
}
