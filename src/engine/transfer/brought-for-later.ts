import type { PieceIndex } from '../../model/ids.ts';
import { PieceState } from '../schedule/piece-map.ts';
import type { Playback } from './download-ports.ts';
import type { PeerDesk } from './peer-desk.ts';
import type { PieceBoard } from './piece-board.ts';

/** What a player plays in this time is looked at. */
const NEXT_S = 20;
/** Of its share of what is played a peer may bring more: it is ahead of the player with it. */
const AHEAD = 2;

/**
 * Bytes a second that peers bring now and that a player cannot reckon with: a fast peer that has one in ten of the pieces
 * that are played next will have brought those soon, and what it brings then is for later.
 */
export function broughtForLater(
  peers: Iterable<PeerDesk>,
  { map }: PieceBoard,
  { positionByte, bytesPerS }: Playback,
  nowMs: number,
): number {
  const next: PieceIndex[] = [];
  const endByte = Math.min(positionByte + bytesPerS * NEXT_S, map.lengthBytes);
  for (let piece = map.pieceAt(positionByte) as number; map.startOf(piece) < endByte; piece++)
    if (map.states[piece] !== PieceState.held) next.push(piece as PieceIndex);
  let sum = 0;
  for (const { peer, rate } of next.length === 0 ? [] : peers) {
    const has = next.reduce((count, piece) => count + Number(peer.has(piece)), 0);
    if (has < next.length) sum += Math.max(rate.rate(nowMs) - (AHEAD * bytesPerS * has) / next.length, 0);
  }
  return sum;
}
