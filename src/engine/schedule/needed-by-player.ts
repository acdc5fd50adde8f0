import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft } from './draft.ts';
import { BlockState, PieceState } from './piece-map.ts';

/** What a player reaches within this time is brought in order; what comes later, rarest first. */
const WINDOW_S = 30;
/** From the last block of a piece to the moment at which it may be played: it is hashed, written and flushed. */
const READY_S = 0.5;
/** Moments that differ by less are the same. */
export const SLACK_S = 0.15;

/** What a player comes to within this time it would stand still for. */
const URGENT_S = 0.5;
/** So much of the waste that is allowed is kept for that. */
const KEPT_BYTES = 6 * BLOCK_LENGTH_BYTES;

/** Whether a block that somebody else was asked for may come twice: the last that is allowed is kept for what is urgent. */
export function mayComeTwice(draft: Draft, piece: number): boolean {
  const keptBytes = draft.view.playback !== null && dueS(draft, piece) > URGENT_S ? KEPT_BYTES : 0;
  return draft.wasteAllowanceBytes >= BLOCK_LENGTH_BYTES + keptBytes;
}

/** Seconds until a piece must have come whole, for a player that does not stop; negative when it is late. */
export function dueS(draft: Draft, piece: number): number {
  const { playback } = draft.view;
  if (playback === null) return Number.POSITIVE_INFINITY;
  const aheadBytes = draft.map.startOf(piece) - playback.positionByte;
  // What it waits for it needs now, and the rest as if it played.
  const isWaitedFor = aheadBytes < (playback.waitsForBytes ?? 0);
  return (isWaitedFor ? Math.min(aheadBytes, 0) : aheadBytes) / playback.bytesPerS - READY_S;
}

/** Pieces that a player reaches soon, and that are not here: in the order in which it needs them. */
export function* piecesForPlayer(draft: Draft): Generator<PieceIndex> {
  const { map, view } = draft;
  if (view.playback === null) return;
  const { positionByte, bytesPerS } = view.playback;
  const endByte = Math.min(positionByte + bytesPerS * WINDOW_S, map.lengthBytes);
  for (let piece = map.pieceAt(positionByte) as number; map.startOf(piece) < endByte; piece++) {
    if (map.states[piece] !== PieceState.held) yield piece as PieceIndex;
  }
}

/** Whether a piece is one that a player reaches soon: only who brings it in time may be asked for it. */
export function isForPlayer({ view, map }: Draft, piece: PieceIndex): boolean {
  if (view.playback === null) return false;
  const { positionByte, bytesPerS } = view.playback;
  return map.startOf(piece + 1) > positionByte && map.startOf(piece) < positionByte + bytesPerS * WINDOW_S;
}

/**
 * A piece that a player needs soon: in how many seconds, at the pace at which sources can bring what is before it, and
 * when it is late, because by then they could have brought all of it.
 */
export type Needed = { readonly piece: PieceIndex; readonly neededS: number; readonly lateS: number };

/**
 * What a player needs next, in order. When sources are behind, all of it is late; then each piece is needed when all
 * before it can have come, so that those who take longer bring what comes after.
 */
export function neededPieces(draft: Draft): Needed[] {
  const { view } = draft;
  let bytesPerS = 0;
  for (const peer of draft.peers) if (peer.owed > 0 || peer.room > 0) bytesPerS += peer.rateBytesPerS;
  for (const { rateBytesPerS } of view.policy === 'origins-off' ? [] : view.origins) bytesPerS += rateBytesPerS ?? 0;
  const needed: Needed[] = [];
  let bytes = 0;
  for (const piece of piecesForPlayer(draft)) {
    const due = dueS(draft, piece);
    const before = bytes;
    bytes += lackingBytes(draft, piece);
    const [neededS, lateS] = [before, bytes].map((sum) => Math.max(due, sum / Math.max(bytesPerS, 1)));
    needed.push({ piece, neededS: neededS as number, lateS: (lateS as number) + SLACK_S });
  }
  return needed;
}

/** Blocks of a piece that nobody was asked for. */
export function lackingBlocks({ map }: Draft, piece: PieceIndex): number {
  const open = map.open(piece);
  if (open === undefined) return map.blockCount(piece);
  let blocks = 0;
  for (const state of open.blocks) if (state === BlockState.missing) blocks += 1;
  return blocks;
}

/** Bytes of a piece that are not here. */
export function lackingBytes({ map }: Draft, piece: PieceIndex): number {
  const open = map.open(piece);
  if (open === undefined) return map.lengthOf(piece);
  let blocks = 0;
  for (const state of open.blocks) if (state !== BlockState.here) blocks += 1;
  return blocks * BLOCK_LENGTH_BYTES;
}
