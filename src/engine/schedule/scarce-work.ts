import type { PieceIndex } from '../../model/ids.ts';
import type { Draft, DraftPeer } from './draft.ts';
import { PieceState } from './piece-map.ts';
import { mayAsk } from './plan-peers.ts';

/** How many free pieces are looked at to learn which part of them a peer has. */
const SAMPLES = 128;
/** A peer may get so much faster. */
const FASTER = 2;
/** Of how many peers the pieces are looked up at most: every look costs time for every piece. */
const MAX_LOOKUPS = 100_000;

/** Pieces with a 1 are left to these peers by whoever can bring others. */
export type Kept = { readonly pieces: Uint8Array; readonly peers: ReadonlySet<DraftPeer> };

/**
 * What is kept for peers that have so few pieces which we lack that they could run out of work before `withinS` seconds
 * have passed; null when there are none.
 */
export function keptForFew(draft: Draft, withinS: number): Kept | null {
  const { map } = draft;
  if (map.freePieces === 0 || withinS <= 0) return null;
  const short = draft.peers.filter((peer) => isShortOfWork(draft, peer, withinS));
  if (short.length === 0 || short.length === draft.peers.length) return null;
  const peers = short.slice(0, Math.max(Math.floor(MAX_LOOKUPS / map.pieceCount), 1));
  const pieces = new Uint8Array(map.pieceCount);
  for (const peer of peers) {
    for (let piece = 0; piece < map.pieceCount; piece++) {
      if (pieces[piece] === 0 && isLacking(map.states[piece]) && mayAsk(peer, piece as PieceIndex)) pieces[piece] = 1;
    }
  }
  return { pieces, peers: new Set(peers) };
}

/**
 * The free pieces of an order with those at its end that are kept for few peers, and after them those that are reserved
 * for origins: so many, from the place on at which the seed begins.
 */
export function lastWhatIsKept({ map, view, kept, reservedPieces }: Draft, order: Uint32Array): Uint32Array {
  if (kept === null && reservedPieces === 0) return order;
  const place = view.seed % map.pieceCount;
  const groups: number[][] = [[], [], [], []];
  for (const piece of order) {
    if (map.states[piece] !== PieceState.free) continue;
    const isReserved = (piece - place + map.pieceCount) % map.pieceCount < reservedPieces;
    groups[(isReserved ? 2 : 0) + (kept?.pieces[piece] === 1 ? 1 : 0)]?.push(piece);
  }
  return Uint32Array.from(groups.flat());
}

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
