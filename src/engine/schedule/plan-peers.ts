import type { PieceIndex } from '../../model/ids.ts';
import { blocksBy } from './common-end.ts';
import { canBring, type Draft, type DraftPeer, mayAsk } from './draft.ts';
import { planForPlayer } from './for-player.ts';
import { isForPlayer } from './needed-by-player.ts';
import { BlockState, type OpenPiece, PieceState } from './piece-map.ts';
import { isOfTurn, type Turn, turnsOf } from './scarce-work.ts';
import { takeFromSlower } from './take-over.ts';

/** Asks every peer that has room for blocks: of pieces already begun, else of the rarest that nobody fetches. */
export function planPeers(draft: Draft): void {
  planForPlayer(draft);
  let order: Uint32Array | null = null;
  const turns = turnsOf(draft);
  /** For each turn: everything before it in the order is taken, or not of this turn. */
  const from = [0, 0, 0, 0];
  withholdLate(draft);
  for (const peer of draft.peers) {
    if (peer.room === 0) continue;
    finishBegun(draft, peer, false);
    if (peer.room > 0 && draft.map.freePieces > 0) {
      order ??= draft.view.rarest();
      // All that is kept for a peer is kept: it has nothing else.
      const hasOthers = draft.kept?.peers.has(peer) !== true;
      for (const turn of turns) if (hasOthers || turn % 2 === 1) beginFrom(draft, peer, order, from, turn);
    }
    if (peer.room > 0 && draft.kept !== null) finishBegun(draft, peer, true);
  }
  for (const peer of draft.peers) if (peer.room > 0) takeFromSlower(draft, peer);
}

/** Leaves no room for what a peer would bring after the end. */
function withholdLate({ endS, peers }: Draft): void {
  if (endS === Number.POSITIVE_INFINITY) return;
  for (const peer of peers) peer.room = Math.min(peer.room, blocksBy(peer, endS));
}

/** Pieces that are begun go first: only a whole piece can be verified and passed on. */
function finishBegun(draft: Draft, peer: DraftPeer, isKeptToo: boolean): void {
  const { kept, map } = draft;
  if (!map.hasMissingBlocks) return;
  for (const open of map.opens()) {
    if (!isKeptToo && kept?.peers.has(peer) === false && kept.has(open.piece)) continue;
    if (canBring(peer, open) && !isForPlayer(draft, open.piece)) askMissing(draft, peer, open, 'begun');
    if (peer.room === 0) return;
  }
}

function askMissing(draft: Draft, peer: DraftPeer, open: OpenPiece, because: 'begun' | 'rarest'): void {
  for (let block = 0; block < open.blocks.length && peer.room > 0; block++) {
    if (open.blocks[block] === BlockState.missing) draft.ask(peer, open.piece, block, because);
  }
}

function beginFrom(draft: Draft, peer: DraftPeer, order: Uint32Array, from: number[], turn: Turn): void {
  const { states } = draft.map;
  let first = from[turn] ?? 0;
  while (first < order.length) {
    const piece = order[first] as PieceIndex;
    if (states[piece] === PieceState.free && isOfTurn(draft, piece, turn)) break;
    first += 1;
  }
  from[turn] = first;
  for (let i = first; i < order.length && peer.room > 0; i++) {
    const piece = order[i] as PieceIndex;
    if (
      states[piece] !== PieceState.free ||
      !mayAsk(peer, piece) ||
      isForPlayer(draft, piece) ||
      !isOfTurn(draft, piece, turn)
    )
      continue;
    draft.begin(piece, peer.view.id);
    askMissing(draft, peer, draft.map.open(piece) as OpenPiece, 'rarest');
  }
}
