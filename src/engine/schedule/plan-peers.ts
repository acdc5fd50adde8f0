import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { leftInPiece, MIN_CRAWL_S, secondsInPiece } from './crawling-run.ts';
import type { Draft, DraftPiece } from './draft.ts';
import { BlockState, type PeerView, PieceState, type RunView } from './plan-view.ts';

/** Asks every peer that has room for blocks: of pieces already begun, else of the rarest that nobody fetches. */
export function planPeers(draft: Draft): void {
  const fastestFirst = draft.view.peers.toSorted((a, b) => b.rateBytesPerS - a.rateBytesPerS || (a.id < b.id ? -1 : 1));
  for (const peer of fastestFirst) {
    let room = peer.freeRequests;
    room -= finishBegun(draft, peer, room);
    while (room > 0) {
      const begun = beginRarest(draft, peer) ?? stealFromRun(draft, peer) ?? takeOverRun(draft, peer);
      if (begun === null) break;
      room -= askMissing(draft, peer, begun.open, room, begun.because);
    }
    if (room > 0) duplicateSlowest(draft, peer, room);
  }
}

/** Pieces that are begun go first: only a whole piece can be verified and passed on. */
function finishBegun(draft: Draft, peer: PeerView, room: number): number {
  let asked = 0;
  for (const open of draft.open.values()) {
    if (asked >= room) break;
    const isOurs = open.soleSource === null || open.soleSource === peer.id;
    if (!isOurs || peer.barred.has(open.piece) || !peer.has(open.piece)) continue;
    asked += askMissing(draft, peer, open, room - asked, 'begun');
  }
  return asked;
}

function askMissing(
  draft: Draft,
  peer: PeerView,
  open: DraftPiece,
  room: number,
  because: 'begun' | 'rarest' | 'stolen',
): number {
  let asked = 0;
  for (let block = 0; block < open.blocks.length && asked < room; block++) {
    if (open.blocks[block] !== BlockState.missing) continue;
    draft.ask(peer.id, open, block, because);
    asked += 1;
  }
  return asked;
}

type Begun = { readonly open: DraftPiece; readonly because: 'rarest' | 'stolen' };

/** Rarest first; among equals from a place of our own, so that not everybody fetches the same piece. */
function beginRarest(draft: Draft, peer: PeerView): Begun | null {
  const { pieces, view } = draft;
  const from = view.seed % pieces.length;
  let best = -1;
  let fewest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < pieces.length; i++) {
    const piece = (pieces.length - 1 - i + from) % pieces.length;
    if (pieces[piece] !== PieceState.free) continue;
    const holders = view.holders[piece] ?? 0;
    if (holders >= fewest || peer.barred.has(piece as PieceIndex) || !peer.has(piece as PieceIndex)) continue;
    best = piece;
    fewest = holders;
    if (fewest <= 1) break;
  }
  return best === -1 ? null : { open: draft.begin(best as PieceIndex, peer.id), because: 'rarest' };
}

/** Takes the last piece of the run that reaches its end last, when this peer is there sooner. */
function stealFromRun(draft: Draft, peer: PeerView): Begun | null {
  let target: RunView | null = null;
  let longestS = 0;
  for (const run of draft.view.runs) {
    const last = (draft.endOfRun(run) - 1) as PieceIndex;
    if (last <= run.piece || draft.pieces[last] !== PieceState.inRun || peer.barred.has(last) || !peer.has(last))
      continue;
    const leftBytes = (last + 1 - run.piece) * draft.view.pieceLengthBytes;
    const leftS = run.rateBytesPerS === null ? Number.POSITIVE_INFINITY : leftBytes / Math.max(run.rateBytesPerS, 1);
    const peerS = draft.view.pieceLengthBytes / Math.max(peer.rateBytesPerS, BLOCK_LENGTH_BYTES);
    if (leftS <= longestS || peerS >= leftS) continue;
    target = run;
    longestS = leftS;
  }
  if (target === null) return null;
  const last = (draft.endOfRun(target) - 1) as PieceIndex;
  draft.shorten(target, last);
  return { open: draft.begin(last, peer.id), because: 'stolen' };
}

/** Takes the very piece that a crawling run is in, and ends the run; what it had streamed of it may come twice. */
function takeOverRun(draft: Draft, peer: PeerView): Begun | null {
  const peerS = draft.view.pieceLengthBytes / Math.max(peer.rateBytesPerS, 1);
  for (const run of draft.view.runs) {
    const { piece } = run;
    if (draft.endOfRun(run) !== piece + 1 || draft.pieces[piece] !== PieceState.inRun) continue;
    if (draft.view.suspect.has(piece) || peer.barred.has(piece) || !peer.has(piece)) continue;
    const streamedBytes = draft.lengthOfPiece(piece) - leftInPiece(draft.view, run);
    if (secondsInPiece(draft.view, run) < Math.max(2 * peerS, MIN_CRAWL_S)) continue;
    if (streamedBytes > draft.wasteAllowanceBytes) continue;
    draft.wasteAllowanceBytes -= streamedBytes;
    draft.shorten(run, piece);
    return { open: draft.begin(piece, peer.id), because: 'stolen' };
  }
  return null;
}

/** Nothing is left to begin: asks again for blocks that a much slower peer owes, within the waste that is allowed. */
function duplicateSlowest(draft: Draft, peer: PeerView, room: number): void {
  const rates = new Map(draft.view.peers.map((other) => [other.id, other.rateBytesPerS]));
  let left = room;
  for (const open of draft.open.values()) {
    if (open.soleSource !== null || peer.barred.has(open.piece) || !peer.has(open.piece)) continue;
    for (let block = 0; block < open.blocks.length; block++) {
      const other = open.askedOf[block];
      if (left === 0 || draft.wasteAllowanceBytes < BLOCK_LENGTH_BYTES) return;
      if (open.blocks[block] !== BlockState.asked || other === undefined || other === peer.id) continue;
      if ((rates.get(other) ?? 0) * 2 > peer.rateBytesPerS) continue;
      draft.wasteAllowanceBytes -= BLOCK_LENGTH_BYTES;
      draft.ask(peer.id, open, block, 'end-game');
      left -= 1;
    }
  }
}
