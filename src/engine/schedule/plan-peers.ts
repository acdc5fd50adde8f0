import type { PieceIndex } from '../../model/ids.ts';
import type { Draft, DraftPeer } from './draft.ts';
import { isForPlayer, planForPlayer } from './for-player.ts';
import { BlockState, type OpenPiece, PieceState } from './piece-map.ts';
import { lastWhatIsKept } from './scarce-work.ts';
import { takeFromSlower } from './take-over.ts';

/** Asks every peer that has room for blocks: of pieces already begun, else of the rarest that nobody fetches. */
export function planPeers(draft: Draft): void {
  planForPlayer(draft);
  let order: Uint32Array | null = null;
  /** Everything before it in the order is taken. */
  let from = 0;
  for (const peer of draft.peers) {
    if (peer.room === 0) continue;
    finishBegun(draft, peer, false);
    if (peer.room > 0 && draft.map.freePieces > 0) {
      order ??= lastWhatIsKept(draft, draft.view.rarest());
      while (from < order.length && draft.map.states[order[from] as number] !== PieceState.free) from += 1;
      beginFrom(draft, peer, order, from);
    }
    if (peer.room > 0 && draft.kept !== null) finishBegun(draft, peer, true);
  }
  for (const peer of draft.peers) if (peer.room > 0) takeFromSlower(draft, peer);
}

/** Whether a peer may be asked for blocks of this piece. */
export function canBring(peer: DraftPeer, open: OpenPiece): boolean {
  const isOurs = open.soleSource === null || open.soleSource === peer.view.id;
  return isOurs && mayAsk(peer, open.piece);
}

export function mayAsk({ view }: DraftPeer, piece: PieceIndex): boolean {
  return !view.barred.has(piece) && view.has(piece);
}

/** Pieces that are begun go first: only a whole piece can be verified and passed on. */
function finishBegun(draft: Draft, peer: DraftPeer, isKeptToo: boolean): void {
  const { kept, map } = draft;
  if (!map.hasMissingBlocks) return;
  for (const open of map.opens()) {
    if (!isKeptToo && kept?.pieces[open.piece] === 1 && !kept.peers.has(peer)) continue;
    if (canBring(peer, open) && !isForPlayer(draft, open.piece)) askMissing(draft, peer, open, 'begun');
    if (peer.room === 0) return;
  }
}

function askMissing(draft: Draft, peer: DraftPeer, open: OpenPiece, because: 'begun' | 'rarest'): void {
  for (let block = 0; block < open.blocks.length && peer.room > 0; block++) {
    if (open.blocks[block] === BlockState.missing) draft.ask(peer, open.piece, block, because);
  }
}

function beginFrom(draft: Draft, peer: DraftPeer, order: Uint32Array, from: number): void {
  for (let i = from; i < order.length && peer.room > 0; i++) {
    const piece = order[i] as PieceIndex;
    if (draft.map.states[piece] !== PieceState.free || !mayAsk(peer, piece) || isForPlayer(draft, piece)) continue;
    draft.begin(piece, peer.view.id);
    askMissing(draft, peer, draft.map.open(piece) as OpenPiece, 'rarest');
  }
}
