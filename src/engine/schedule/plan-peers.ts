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
      // One that pieces are kept for has turns of its own: what is kept from it is not what is kept from others.
      const few = draft.kept?.peers.has(peer) === true ? peer : null;
      for (const turn of turns) beginFrom(draft, peer, order, few === null ? from : [0, 0, 0, 0], turn, few);
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
    if (!isKeptToo && kept?.isKeptFrom(peer, open.piece) === true) continue;
    if (canBring(peer, open) && !isForPlayer(draft, open.piece)) askMissing(draft, peer, open, 'begun');
    if (peer.room === 0) return;
  }
}

function askMissing(draft: Draft, peer: DraftPeer, open: OpenPiece, because: 'begun' | 'rarest'): void {
  for (let block = 0; block < open.blocks.length && peer.room > 0; block++) {
    if (open.blocks[block] === BlockState.missing) draft.ask(peer, open.piece, block, because);
  }
}

function beginFrom(
  draft: Draft,
  peer: DraftPeer,
  order: Uint32Array,
  from: number[],
  turn: Turn,
  few: DraftPeer | null,
): void {
  const { states } = draft.map;
  let first = from[turn] ?? 0;
  while (first < order.length) {
    const piece = order[first] as PieceIndex;
    if (states[piece] === PieceState.free && isOfTurn(draft, piece, turn, few)) break;
    first += 1;
  }
  from[turn] = first;
  for (let i = first; i < order.length && peer.room > 0; i++) {
    const piece = order[i] as PieceIndex;
    if (
      states[piece] !== PieceState.free ||
      !mayAsk(peer, piece) ||
      isForPlayer(draft, piece) ||
      !isOfTurn(draft, piece, turn, few)
    )
      continue;
    draft.begin(piece, peer.view.id);
    askMissing(draft, peer, draft.map.open(piece) as OpenPiece, 'rarest');
  }
}
