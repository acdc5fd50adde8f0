import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { canBring, type Draft, type DraftPeer, mayAsk } from './draft.ts';
import { BlockState, NO_RUN, type OpenPiece, PieceState } from './piece-map.ts';
import { isOnItsWay } from './take-over.ts';

/** What a player reaches within this time is brought in order; what comes later, rarest first. */
const WINDOW_S = 30;
/** From the last block of a piece to the moment at which it may be played: it is hashed, written and flushed. */
export const READY_S = 0.5;
/** What is due within this time and would come too late is asked of somebody else as well. */
const LATE_WITHIN_S = 3;
/** Peers get slower as well as faster: their estimates are trusted with a margin. */
const CAUTION = 1.5;
/** Sources whose estimates differ by less are equally fast. */
const SLACK_S = 0.15;
const UNPROVEN_CAUTION = 3;
/** A copy must come this much sooner than what was asked for before. */
const MIN_GAIN_S = 0.25;
/** And estimates are rough. */
const MIN_GAIN = 1.5;

/** Seconds until a piece must have come whole, for a player that does not stop; negative when it is late. */
export function dueS(draft: Draft, piece: number): number {
  const { playback } = draft.view;
  if (playback === null) return Number.POSITIVE_INFINITY;
  return (draft.map.startOf(piece) - playback.positionByte) / playback.bytesPerS - READY_S;
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

function lackingBytes({ map }: Draft, piece: PieceIndex): number {
  const open = map.open(piece);
  if (open === undefined) return map.lengthOf(piece);
  let blocks = 0;
  for (const state of open.blocks) if (state !== BlockState.here) blocks += 1;
  return blocks * BLOCK_LENGTH_BYTES;
}

/** How far a peer has come in the list of what is needed: it takes longer for each block more, so it never goes back. */
type Search = { readonly peer: DraftPeer; at: number };

/**
 * Has peers bring what a player needs next: whoever is soonest brings the first block, and those who take longer bring
 * blocks that are needed no sooner than they can come. Nobody is asked for what would come too late.
 */
export function planForPlayer(draft: Draft): void {
  if (draft.view.playback === null) return;
  const needed = neededPieces(draft);
  const searches = new Set<Search>();
  for (const peer of draft.peers) if (peer.room > 0) searches.add({ peer, at: 0 });
  // Whoever takes no longer than the soonest of all takes the front, however late that is.
  let bestS = Number.POSITIVE_INFINITY;
  for (const peer of draft.peers) bestS = Math.min(bestS, comesS(draft, peer));
  while (searches.size > 0) {
    const search = soonest(draft, searches);
    if (!askNext(draft, needed, search, bestS) || search.peer.room === 0) searches.delete(search);
  }
}

/** Asks a peer for the first block that it can bring in time. Returns whether there is one. */
function askNext(draft: Draft, needed: readonly Needed[], search: Search, bestS: number): boolean {
  const { peer } = search;
  const blockS = comesS(draft, peer);
  const isSoonest = blockS <= bestS + SLACK_S;
  for (; search.at < needed.length; search.at++) {
    const { piece, neededS, lateS } = needed[search.at] as Needed;
    const isInTime = CAUTION * blockS <= neededS + SLACK_S;
    if (!isSoonest && !isInTime) continue;
    const block = blockFor(draft, peer, piece, lateS, blockS);
    if (block === -1) continue;
    askFor(draft, peer, piece, block);
    return true;
  }
  return false;
}

/** A block of a piece that nobody brings, or that would come too late and from this peer sooner; -1 if there is none. */
function blockFor(draft: Draft, peer: DraftPeer, piece: PieceIndex, lateS: number, blockS: number): number {
  const open = draft.map.open(piece);
  if (open === undefined) return draft.map.states[piece] === PieceState.free && mayAsk(peer, piece) ? 0 : -1;
  if (!canBring(peer, open)) return -1;
  for (let block = 0; block < open.blocks.length; block++) {
    const state = open.blocks[block];
    if (state === BlockState.missing) return block;
    if (state !== BlockState.asked || !isLate(draft, open, block, lateS)) continue;
    if (open.peers[block]?.includes(peer.view.id) || draft.readyS(open, block) <= MIN_GAIN * blockS + MIN_GAIN_S)
      continue;
    if (draft.wasteAllowanceBytes >= BLOCK_LENGTH_BYTES || isMovable(draft, open, block)) return block;
  }
  return -1;
}

/** Whether a block can be taken away from the peer that owes it before that has begun to send it. */
function isMovable(draft: Draft, open: OpenPiece, block: number): boolean {
  const owner = draft.peerOf(open.peers[block]?.[0]);
  if (owner === undefined || open.runs[block] !== NO_RUN || (open.peers[block]?.length ?? 0) > 1) return false;
  const at = draft.placeInQueue(owner, open.piece, block);
  return at !== -1 && !isOnItsWay(owner, at);
}

/** Whether a block of a piece was asked for and comes after `lateS`. */
export function isLate(draft: Draft, open: OpenPiece, block: number, lateS: number): boolean {
  if (open.blocks[block] !== BlockState.asked || open.soleSource !== null || lateS > LATE_WITHIN_S) return false;
  return draft.readyS(open, block) > lateS;
}

/** Seconds until a peer brings one block more. One that has shown nothing may well be slow. */
function comesS(draft: Draft, peer: DraftPeer): number {
  return draft.peerS(peer, 1) * (peer.view.rateBytesPerS === null ? UNPROVEN_CAUTION : 1);
}

function soonest(draft: Draft, searches: ReadonlySet<Search>): Search {
  let best: Search | null = null;
  let bestS = Number.POSITIVE_INFINITY;
  for (const search of searches) {
    const blockS = comesS(draft, search.peer);
    if (best !== null && blockS >= bestS) continue;
    best = search;
    bestS = blockS;
  }
  return best as Search;
}

function askFor(draft: Draft, peer: DraftPeer, piece: PieceIndex, block: number): void {
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
