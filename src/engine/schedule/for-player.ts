import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft, DraftPeer } from './draft.ts';
import { BlockState, type OpenPiece, PieceState } from './piece-map.ts';
import { canBring, mayAsk } from './plan-peers.ts';
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

type Wanted = { readonly piece: PieceIndex; readonly block: number; readonly dueS: number };

/**
 * Has peers bring what a player needs next: whoever is soonest brings the first block, and those who take longer bring
 * blocks that are due no sooner than they can come. Nobody is asked for what would come too late.
 */
export function planForPlayer(draft: Draft): void {
  if (draft.view.playback === null) return;
  const wanted = wantedBlocks(draft);
  const taken = new Uint8Array(wanted.length);
  let first = 0;
  const peers = new Set(draft.peers.filter(({ room }) => room > 0));
  while (first < wanted.length && peers.size > 0) {
    const peer = soonest(draft, peers);
    const comesS = draft.peerS(peer, 1);
    const at = firstFor(draft, peer, wanted, taken, first, comesS - SLACK_S);
    if (at === -1) peers.delete(peer);
    else {
      taken[at] = 1;
      askFor(draft, peer, wanted[at] as Wanted);
      if (peer.room === 0) peers.delete(peer);
    }
    while (taken[first] === 1) first += 1;
  }
}

/** Blocks of the player's next pieces that nobody brings, or that would come too late, in order. */
function wantedBlocks(draft: Draft): Wanted[] {
  const { map } = draft;
  let room = 0;
  for (const peer of draft.peers) room += peer.room;
  const wanted: Wanted[] = [];
  for (const piece of piecesForPlayer(draft)) {
    if (wanted.length > 2 * room) break;
    const due = dueS(draft, piece);
    const state = map.states[piece];
    const open = map.open(piece);
    if (state === PieceState.free) {
      for (let block = 0; block < map.blockCount(piece); block++) wanted.push({ piece, block, dueS: due });
    } else if (open !== undefined) {
      for (let block = 0; block < open.blocks.length; block++) {
        if (open.blocks[block] === BlockState.missing || isLate(draft, open, block, due)) {
          wanted.push({ piece, block, dueS: due });
        }
      }
    }
  }
  return wanted;
}

export function isLate(draft: Draft, open: OpenPiece, block: number, due: number): boolean {
  if (open.blocks[block] !== BlockState.asked || open.soleSource !== null || due > LATE_WITHIN_S) return false;
  return draft.readyS(open, block) > Math.max(due, SLACK_S);
}

function soonest(draft: Draft, peers: ReadonlySet<DraftPeer>): DraftPeer {
  let best: DraftPeer | null = null;
  let bestS = Number.POSITIVE_INFINITY;
  for (const peer of peers) {
    const comesS = draft.peerS(peer, 1);
    if (best !== null && comesS >= bestS) continue;
    best = peer;
    bestS = comesS;
  }
  return best as DraftPeer;
}

/** The first block that this peer may bring and that is not due before `comesS`; late ones it must bring sooner. */
function firstFor(
  draft: Draft,
  peer: DraftPeer,
  wanted: readonly Wanted[],
  taken: Uint8Array,
  from: number,
  comesS: number,
): number {
  for (let at = from; at < wanted.length; at++) {
    if (taken[at] === 1) continue;
    const { piece, block, dueS: due } = wanted[at] as Wanted;
    const open = draft.map.open(piece);
    if (open === undefined ? !mayAsk(peer, piece) : !canBring(peer, open)) continue;
    const isAsked = open !== undefined && open.blocks[block] === BlockState.asked;
    if (isAsked && (open.peers[block]?.includes(peer.view.id) || draft.readyS(open, block) <= comesS + SLACK_S))
      continue;
    // What nobody can bring in time any more is brought as soon as can be.
    if (comesS * CAUTION <= due || at === from) return at;
  }
  return -1;
}

function askFor(draft: Draft, peer: DraftPeer, { piece, block }: Wanted): void {
  const open = draft.map.open(piece);
  if (open === undefined) draft.begin(piece, peer.view.id);
  if (open?.blocks[block] === BlockState.asked) {
    const owner = draft.peerOf(open.peers[block]?.[0]);
    const queue = owner === undefined ? [] : draft.queueOf(owner);
    const at = queue.findIndex((owed) => owed.piece === piece && owed.block === block);
    // What a run brings comes twice as well.
    if (owner !== undefined && at !== -1 && !isOnItsWay(owner, at)) draft.cancelAt(owner, at);
    else if (draft.wasteAllowanceBytes >= BLOCK_LENGTH_BYTES) draft.wasteAllowanceBytes -= BLOCK_LENGTH_BYTES;
    else return;
    if (draft.map.open(piece) === undefined) draft.begin(piece, peer.view.id);
  }
  draft.ask(peer, piece, block, 'due');
}
