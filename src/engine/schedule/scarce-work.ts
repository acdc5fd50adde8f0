import type { PieceIndex } from '../../model/ids.ts';
import { type Draft, type DraftPeer, mayAsk } from './draft.ts';
import { PieceState } from './piece-map.ts';

/** How many free pieces are looked at to learn which part of them a peer has. */
const SAMPLES = 128;
/** A peer may get so much faster. */
const FASTER = 2;
/** Every look at a piece may cost a look at each of them. */
const MOST_PEERS = 8;

/** What is left to some peers by whoever can bring anything else. */
export type Kept = { readonly peers: ReadonlySet<DraftPeer>; has(piece: number): boolean };

/**
 * The pieces that are kept for peers which have so few of those we lack that they could run out of work before `withinS`
 * seconds have passed; null when there are no such peers, or no others.
 */
export function keptForFew(draft: Draft, withinS: number): Kept | null {
  if (draft.map.freePieces === 0 || withinS <= 0) return null;
  const short = draft.peers.filter((peer) => isShortOfWork(draft, peer, withinS));
  if (short.length === 0 || short.length === draft.peers.length) return null;
  const peers = short.slice(0, MOST_PEERS); // the fastest
  return { peers: new Set(peers), has: (piece) => peers.some((peer) => mayAsk(peer, piece as PieceIndex)) };
}

/** How late peers should begin a piece: 0 first, 1 what is kept for others, 2 what is reserved for origins, 3 both. */
export type Turn = 0 | 1 | 2 | 3;

/** Whether it is a piece's turn. */
export function isOfTurn({ map, kept, reservedFrom, reservedPieces }: Draft, piece: number, turn: Turn): boolean {
  const fromPlace = piece - reservedFrom;
  const isReserved = (fromPlace < 0 ? fromPlace + map.pieceCount : fromPlace) < reservedPieces;
  if (isReserved !== turn >= 2) return false;
  return (kept?.has(piece) === true) === (turn % 2 === 1);
}

/** The turns that there are. */
export const turnsOf = ({ kept, reservedPieces }: Draft): readonly Turn[] =>
  kept === null ? (reservedPieces === 0 ? [0] : [0, 2]) : [0, 1, 2, 3];

function isShortOfWork({ map }: Draft, peer: DraftPeer, withinS: number): boolean {
  const bringsPieces = (FASTER * peer.rateBytesPerS * withinS) / map.pieceLengthBytes;
  if (bringsPieces < 1 || peer.view.rateBytesPerS === null) return false;
  const step = Math.max(Math.floor(map.pieceCount / SAMPLES), 1);
  let looked = 0;
  let had = 0;
  for (let piece = 0; piece < map.pieceCount; piece += step) {
    if (!isLacking(map.states[piece])) continue;
    looked += 1;
    if (mayAsk(peer, piece as PieceIndex)) had += 1;
  }
  return looked > 0 && had > 0 && had < looked && (map.freePieces * had) / looked < bringsPieces;
}

const isLacking = (state: number | undefined): boolean => state === PieceState.free || state === PieceState.open;
