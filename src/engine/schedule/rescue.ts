import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft } from './draft.ts';
import { BlockState, NO_RUN, type OpenPiece } from './piece-map.ts';
import type { OriginView } from './plan-view.ts';
import { isOnItsWay } from './take-over.ts';

/** A run for blocks that peers owe must win at least this much. */
const MIN_GAIN_S = 0.1;

/**
 * Has an origin bring the blocks of one piece that peers would bring last. Those that a peer has not begun to send are
 * taken away from it; the others come twice, within the waste that is allowed.
 * @param lateAfterS What peers bring sooner is left to them.
 * @returns Bytes of the run that was begun; 0 when no peer is slower than the origin.
 */
export function takeFromPeers(draft: Draft, origin: OriginView, rateBytesPerS: number, lateAfterS: number): number {
  const { map } = draft;
  const firstByteS = (origin.firstByteMs ?? 200) / 1_000;
  const readyS = readyBlocks(draft);
  let best: { readonly open: OpenPiece; readonly first: number; readonly end: number } | null = null;
  let worst = 0;
  for (const open of map.opens()) {
    if (open.soleSource !== null || origin.barred.has(open.piece)) continue;
    const times = readyS.get(open);
    if (times === undefined) continue;
    for (let first = 0; first < times.length; first++) {
      const lastS = times[first] as number;
      const soonestS = Math.max(firstByteS + BLOCK_LENGTH_BYTES / rateBytesPerS + MIN_GAIN_S, lateAfterS);
      if (lastS <= soonestS || (lateAfterS === 0 && lastS <= worst)) continue;
      let end = first + 1;
      while (
        end < times.length &&
        (times[end] as number) > soonestS + ((end - first) * BLOCK_LENGTH_BYTES) / rateBytesPerS
      ) {
        end += 1;
      }
      // What is late is late: the longest stretch of it needs the fewest requests.
      if (lateAfterS > 0 && end - first <= worst) {
        first = end - 1;
        continue;
      }
      best = { open, first, end };
      worst = lateAfterS > 0 ? end - first : lastS;
      if (lateAfterS === 0) break;
      first = end - 1;
    }
  }
  return best === null ? 0 : begin(draft, origin, best.open, best.first, best.end);
}

/** For each open piece, the seconds until each of its blocks comes from the peers that owe it; 0 for all others. */
function readyBlocks(draft: Draft): Map<OpenPiece, Float64Array> {
  const times = new Map<OpenPiece, Float64Array>();
  for (const peer of draft.peers) {
    if (peer.owed === 0) continue;
    for (const [at, { piece, block }] of draft.queueOf(peer).entries()) {
      const open = draft.map.open(piece);
      // What a run brings as well is not taken from it here: two runs must not have the same bytes.
      if (open?.blocks[block] !== BlockState.asked || open.runs[block] !== NO_RUN) continue;
      const ofPiece = times.get(open) ?? new Float64Array(open.blocks.length);
      times.set(open, ofPiece);
      const ownS = ((at + 1) * BLOCK_LENGTH_BYTES) / peer.rateBytesPerS + peer.view.roundTripS;
      ofPiece[block] = Math.min(ownS, draft.readyS(open, block));
    }
  }
  return times;
}

function begin(draft: Draft, origin: OriginView, open: OpenPiece, first: number, end: number): number {
  const { map } = draft;
  let [from, last] = [first, first];
  for (let block = first; block < end; block++) {
    const owners = open.peers[block] ?? [];
    const owner = draft.peers.find(({ view }) => view.id === owners[0]);
    if (open.runs[block] !== NO_RUN) break; // another run brings it, and perhaps a peer as well
    if (owner === undefined) {
      last = block + 1;
      continue;
    }
    const at = draft.placeInQueue(owner, open.piece, block);
    if (owners.length > 1 || isOnItsWay(owner, at)) {
      if (draft.wasteAllowanceBytes < BLOCK_LENGTH_BYTES) {
        if (last !== from) break;
        // What may be on its way is left to the peer; what is behind it can be had for nothing.
        from = last = block + 1;
        continue;
      }
      draft.wasteAllowanceBytes -= BLOCK_LENGTH_BYTES;
    } else draft.cancelAt(owner, at);
    last = block + 1;
  }
  if (last === from) return 0;
  const start = map.startOf(open.piece);
  const startByte = start + from * BLOCK_LENGTH_BYTES;
  const endByte = Math.min(start + last * BLOCK_LENGTH_BYTES, map.startOf(open.piece + 1));
  draft.startRun(origin, startByte, endByte, 'rescue');
  return endByte - startByte;
}
