import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { nextForPlayerS } from './block-times.ts';
import { canBring, type Draft, type DraftPeer, mayAsk } from './draft.ts';
import { comesS, isLate, isMuchSooner, lateRun, mayAskAnother } from './late-blocks.ts';
import type { Needed } from './needed-by-player.ts';
import { BlockState, NO_RUN, PieceState } from './piece-map.ts';
import type { Owed } from './plan-view.ts';
import { isOnItsWay } from './take-over.ts';

/** What is needed within this time is worth to drop what is needed so much later. */
const FRONT_S = 1;
/** Of the waste that is allowed, so much is left for what comes twice because somebody fell silent. */
const RESERVED_BYTES = 6 * BLOCK_LENGTH_BYTES;

/**
 * Has peers drop what they owe and is needed later, when they could then bring sooner what is needed now and comes too
 * late: they are asked for that next, and for what they dropped after it.
 * @param bestS Seconds until any peer that has a piece brings one block more.
 */
export function turnToFront(draft: Draft, needed: readonly Needed[], bestS: (piece: PieceIndex) => number): void {
  const places = new Map(needed.map(({ piece, neededS }) => [piece, neededS]));
  for (const it of needed) {
    if (it.neededS > FRONT_S) return;
    for (const peer of draft.peers) {
      if (peer.owed === 0 || peer.view.rateBytesPerS === null || !mayAsk(peer, it.piece)) continue;
      const queue = draft.queueOf(peer);
      // How much of it is on its way is a guess: no more is dropped than may come in vain.
      const mostDropped = Math.floor((draft.wasteAllowanceBytes - RESERVED_BYTES) / BLOCK_LENGTH_BYTES);
      let from = queue.length;
      while (from > 0 && queue.length - from < mostDropped && !isOnItsWay(peer, from - 1)) {
        const { piece } = queue[from - 1] as Owed;
        if ((places.get(piece) ?? Number.POSITIVE_INFINITY) < it.neededS + FRONT_S) break;
        if (draft.map.open(piece)?.soleSource != null) break;
        from -= 1;
      }
      if (from === queue.length) continue;
      const soonS = nextForPlayerS(peer) - ((queue.length - from) * BLOCK_LENGTH_BYTES) / peer.rateBytesPerS;
      if (!couldHelp(draft, peer, it, soonS, bestS(it.piece))) continue;
      for (let at = queue.length - 1; at >= from; at--) {
        draft.cancelAt(peer, at);
        draft.wasteAllowanceBytes -= BLOCK_LENGTH_BYTES;
        peer.room += 1;
      }
    }
  }
}

/** Whether a piece has a block that comes too late, and that this peer would be asked for if it took `blockS`. */
function couldHelp(draft: Draft, peer: DraftPeer, { piece, lateS }: Needed, blockS: number, bestS: number): boolean {
  if (lateRun(draft, peer, piece, lateS, blockS) !== null) return true;
  const open = draft.map.open(piece);
  if (open === undefined && draft.map.states[piece] === PieceState.free) return isMuchSooner(blockS, bestS);
  if (open === undefined || !canBring(peer, open)) return false;
  for (let block = 0; block < open.blocks.length; block++) {
    if (open.blocks[block] === BlockState.missing && isMuchSooner(blockS, bestS)) return true;
    if (!isLate(draft, open, block, lateS) || open.runs[block] !== NO_RUN) continue;
    if (open.peers[block]?.includes(peer.view.id) || !isMuchSooner(blockS, comesS(draft, open, block))) continue;
    if (mayAskAnother(draft, open, block)) return true;
  }
  return false;
}
