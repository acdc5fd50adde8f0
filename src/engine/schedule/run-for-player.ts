import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft, DraftPeer } from './draft.ts';
import { comesS, isLate } from './late-blocks.ts';
import { dueS, mayComeTwice, type Needed, neededPieces } from './needed-by-player.ts';
import { BlockState, NO_RUN, type OpenPiece, PieceState } from './piece-map.ts';
import type { OriginView } from './plan-view.ts';
import { isOnItsWay } from './take-over.ts';

/** A block that a peer owes is brought by an origin only if that is so much sooner. */
const MIN_GAIN_S = 0.2;
/** And by so much when it should be here by now: whoever owes it has taken longer than was thought. */
const MIN_LATE_GAIN_S = 0.05;
/** What a player reaches later may still come from peers. */
const MAX_LATE_S = 3;

/**
 * Has an origin stream what a player needs next and nobody brings in time: from the first such block on, for as long as
 * one follows the other. Blocks that a peer would bring too late and has not begun to send are taken away from it; the
 * others come twice, within the waste that is allowed.
 * @param rateBytesPerS What the run will have of the origin's rate.
 * @param untilByte Of what comes after this byte nothing is brought.
 * @returns Bytes of the run that was begun; 0 when there is nothing to bring that is due within `draft.dueWithinS`.
 */
export function startForPlayer(
  draft: Draft,
  origin: OriginView,
  rateBytesPerS: number,
  wantedBytes: number,
  untilByte = Number.POSITIVE_INFINITY,
): number {
  const { map, view } = draft;
  const firstByteS = (origin.firstByteMs ?? 200) / 1_000;
  const needed = neededPieces(draft);
  let startByte = -1;
  let endByte = -1;
  for (const it of needed) {
    const start = map.startOf(it.piece);
    if (start >= untilByte || (startByte === -1 && dueS(draft, it.piece) > draft.dueWithinS)) break;
    if (startByte !== -1 && (start !== endByte || endByte - startByte >= wantedBytes)) break;
    if (origin.barred.has(it.piece)) continue;
    const isWhole = view.suspect.has(it.piece);
    if (isWhole && startByte !== -1) break;
    const blocks = map.blockCount(it.piece);
    for (let block = 0; block < blocks; block++) {
      if (!isWhole && start + block * BLOCK_LENGTH_BYTES >= untilByte) break;
      const comesInS = firstByteS + (Math.max(endByte - startByte, 0) + BLOCK_LENGTH_BYTES) / rateBytesPerS;
      if (!isWhole && startByte !== -1 && endByte - startByte >= wantedBytes) break;
      if (!isWanted(draft, it, block, comesInS)) {
        if (startByte === -1) continue;
        break;
      }
      if (!takeFromPeer(draft, it.piece, block)) {
        if (startByte === -1) continue;
        break;
      }
      if (startByte === -1) startByte = start + block * BLOCK_LENGTH_BYTES;
      endByte = start + block * BLOCK_LENGTH_BYTES + map.blockLength(it.piece, block);
    }
    if (isWhole && startByte !== -1) break;
  }
  if (startByte === -1) return 0;
  draft.startRun(origin, startByte, endByte, 'due');
  return endByte - startByte;
}

/** Whether nobody brings a block, or a peer would bring it too late and this origin sooner. */
function isWanted(draft: Draft, { piece, lateS }: Needed, block: number, comesInS: number): boolean {
  const open = draft.map.open(piece);
  if (open === undefined) return draft.map.states[piece] === PieceState.free;
  if (open.soleSource !== null) return false;
  if (open.blocks[block] === BlockState.missing) return true;
  if (open.blocks[block] !== BlockState.asked || open.runs[block] !== NO_RUN) return false;
  if (lateS > MAX_LATE_S || !isLate(draft, open, block, lateS)) return false;
  const gainS = dueS(draft, piece) > 0 ? MIN_GAIN_S : MIN_LATE_GAIN_S;
  return comesS(draft, open, block) > comesInS + gainS;
}

/** Takes a block away from the peer that owes it, if one does. Returns false when that would be waste beyond measure. */
function takeFromPeer(draft: Draft, piece: PieceIndex, block: number): boolean {
  const open = draft.map.open(piece);
  const owners = open?.blocks[block] === BlockState.asked ? ownersOf(draft, open, block) : [];
  if (owners.length === 0) return true;
  const [owner] = owners as [DraftPeer];
  const at = draft.placeInQueue(owner, piece, block);
  if (owners.length === 1 && !isOnItsWay(owner, at)) {
    draft.cancelAt(owner, at);
    return true;
  }
  if (!mayComeTwice(draft, piece)) return false;
  draft.wasteAllowanceBytes -= BLOCK_LENGTH_BYTES;
  return true;
}

function ownersOf(draft: Draft, open: OpenPiece, block: number): DraftPeer[] {
  return (open.peers[block] ?? []).flatMap((id) => draft.peerOf(id) ?? []);
}
