import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { blockComesS, runReachesS } from './block-times.ts';
import { type Draft, type DraftPeer, type DraftRun, MAX_COPIES, mayAsk } from './draft.ts';
import { mayComeTwice } from './needed-by-player.ts';
import { BlockState, NO_RUN, type OpenPiece, PieceState } from './piece-map.ts';
import { isOnItsWay } from './take-over.ts';

/** What is due within this time and would come too late is asked of somebody else as well. */
const LATE_WITHIN_S = 3;
/** A copy must come this much sooner than what was asked for before. */
const MIN_GAIN_S = 0.25;
/** And estimates are rough. */
const MIN_GAIN = 1.5;

/** Whether it is worth to ask somebody who takes `blockS` for a block that comes in `inS`. */
export const isMuchSooner = (blockS: number, inS: number): boolean => inS > MIN_GAIN * blockS + MIN_GAIN_S;

/**
 * Ends a run that comes to the end of a piece too late before the last block that it has of it. Returns that block, for
 * this peer to bring sooner; -1 when there is none.
 */
export function cutLateRun(draft: Draft, peer: DraftPeer, piece: PieceIndex, lateS: number, blockS: number): number {
  const late = lateRun(draft, peer, piece, lateS, blockS);
  if (late === null) return -1;
  const { run, block } = late;
  draft.shorten(run, draft.map.startOf(piece) + block * BLOCK_LENGTH_BYTES, 'stolen');
  const state = draft.map.open(piece)?.blocks[block];
  return state === BlockState.missing || draft.map.states[piece] === PieceState.free ? block : -1;
}

/** A run that comes to the end of a piece too late, and the last block that it has of it, if this peer brings that sooner. */
export function lateRun(
  draft: Draft,
  peer: DraftPeer,
  piece: PieceIndex,
  lateS: number,
  blockS: number,
): { readonly run: DraftRun; readonly block: number } | null {
  const { map, view } = draft;
  if (lateS > LATE_WITHIN_S || view.suspect.has(piece) || !mayAsk(peer, piece)) return null;
  const start = map.startOf(piece);
  const pieceEnd = map.startOf(piece + 1);
  for (const run of draft.runs) {
    if (run.endByte <= start || run.view.positionByte >= pieceEnd) continue;
    const endByte = Math.min(run.endByte, pieceEnd);
    const reachesS = runReachesS(draft, run, endByte);
    const block = Math.ceil((endByte - start) / BLOCK_LENGTH_BYTES) - 1;
    const startByte = start + block * BLOCK_LENGTH_BYTES;
    if (reachesS <= lateS || !isMuchSooner(blockS, reachesS)) continue;
    if (startByte < run.view.positionByte + BLOCK_LENGTH_BYTES) continue;
    if (map.open(piece)?.blocks[block] === BlockState.here) continue;
    return { run, block };
  }
  return null;
}

/** Whether a block can be taken away from the peer that owes it before that has begun to send it. */
function isMovable(draft: Draft, open: OpenPiece, block: number): boolean {
  const owner = draft.peerOf(open.peers[block]?.[0]);
  if (owner === undefined || open.runs[block] !== NO_RUN || (open.peers[block]?.length ?? 0) > 1) return false;
  const at = draft.placeInQueue(owner, open.piece, block);
  return at !== -1 && !isOnItsWay(owner, at);
}

/** Whether another may be asked for a block that was asked for: it is not on its way yet, or may come twice. */
export const mayAskAnother = (draft: Draft, open: OpenPiece, block: number): boolean =>
  isMovable(draft, open, block) || mayComeTwice(draft, open.piece);

/** Whether a block of a piece was asked for and comes after `lateS`. */
export function isLate(draft: Draft, open: OpenPiece, block: number, lateS: number): boolean {
  if (open.blocks[block] !== BlockState.asked || open.soleSource !== null || lateS > LATE_WITHIN_S) return false;
  return comesS(draft, open, block) > lateS;
}

/** Seconds until a block comes; 0 when it was asked of enough already. */
export function comesS(draft: Draft, open: OpenPiece, block: number): number {
  const copies = (open.peers[block]?.length ?? 0) + Number(open.runs[block] !== NO_RUN);
  return copies >= MAX_COPIES ? 0 : blockComesS(draft, draft.times, open, block);
}

/**
 * Asks a peer for a block of a piece that is free or open. Who was asked for it before need not send it, or it comes twice if
 * it may be on its way.
 */
export function askFor(draft: Draft, peer: DraftPeer, piece: PieceIndex, block: number): void {
  const open = draft.map.open(piece);
  if (open === undefined) draft.begin(piece, peer.view.id);
  else if (open.blocks[block] === BlockState.asked) {
    if (isMovable(draft, open, block)) {
      const owner = draft.peerOf(open.peers[block]?.[0]) as DraftPeer;
      draft.cancelAt(owner, draft.placeInQueue(owner, piece, block));
      if (draft.map.open(piece) === undefined) draft.begin(piece, peer.view.id);
    } else draft.wasteAllowanceBytes -= BLOCK_LENGTH_BYTES;
  }
  draft.ask(peer, piece, block, 'due');
}
