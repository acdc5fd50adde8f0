import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { nextForPlayerS } from './block-times.ts';
import { type Draft, mayAsk } from './draft.ts';
import { isLate } from './late-blocks.ts';
import { dueS, lackingBlocks, neededPieces } from './needed-by-player.ts';
import { NO_RUN, PieceState } from './piece-map.ts';

/** Of their rate, what peers are trusted to keep up. */
const PEER_CONFIDENCE = 0.9;

/** What a player needs and peers bring too late: how much, from where to where, and when the last of it is due. */
export type Late = {
  readonly bytes: number;
  readonly startByte: number;
  readonly endByte: number;
  readonly withinS: number;
};

/**
 * What is due to a player before long and peers bring too late; null when there is nothing. Together they may bring enough,
 * and yet one of them has what is needed first at the end of its queue, or those that have a piece are too slow for it.
 * @param soonS What is due later is nothing to worry about yet,
 * @param originBytesPerS but for what nobody brings: an origin would take so long for it besides.
 */
export function lateAtPeers(draft: Draft, soonS: number, originBytesPerS: number): Late | null {
  if (draft.view.playback === null) return null;
  const { map } = draft;
  let [bytes, startByte, endByte, withinS] = [0, Number.POSITIVE_INFINITY, 0, 0];
  const add = (fromByte: number, lengthBytes: number, inS: number) => {
    startByte = Math.min(startByte, fromByte);
    [bytes, endByte, withinS] = [bytes + lengthBytes, fromByte + lengthBytes, inS];
  };
  for (const { piece, lateS } of neededPieces(draft)) {
    const inS = dueS(draft, piece);
    if (inS > soonS + map.lengthOf(piece) / originBytesPerS) break;
    const start = map.startOf(piece);
    if (isBroughtByNobodyInTime(draft, piece, inS, soonS, originBytesPerS)) {
      add(start, map.lengthOf(piece), inS);
      continue;
    }
    const open = map.open(piece);
    if (open === undefined || inS > soonS) continue;
    for (let block = 0; block < open.blocks.length; block++) {
      if (open.runs[block] !== NO_RUN || !isLate(draft, open, block, lateS)) continue;
      add(start + block * BLOCK_LENGTH_BYTES, map.blockLength(piece, block), inS);
    }
  }
  return bytes === 0 ? null : { bytes, startByte, endByte, withinS };
}

/** Whether nobody was asked for what a piece lacks, and an origin must be now: who has it would take too long. */
function isBroughtByNobodyInTime(
  draft: Draft,
  piece: PieceIndex,
  inS: number,
  soonS: number,
  originBytesPerS: number,
): boolean {
  const { map } = draft;
  const isFree = map.states[piece] === PieceState.free;
  const lacksBytes = isFree || map.open(piece) !== undefined ? lackingBlocks(draft, piece) * BLOCK_LENGTH_BYTES : 0;
  if (lacksBytes === 0 || inS > soonS + lacksBytes / originBytesPerS) return false;
  return bytesOfHolders(draft, piece, Math.max(inS, 0)) < lacksBytes;
}

/** What all who have a piece could bring of it within so many seconds, after what they owe. */
function bytesOfHolders(draft: Draft, piece: PieceIndex, withinS: number): number {
  let bytes = 0;
  for (const peer of draft.peers) {
    if (peer.view.isDoubted || !mayAsk(peer, piece)) continue;
    const blockS = BLOCK_LENGTH_BYTES / peer.rateBytesPerS;
    bytes += Math.max(withinS - nextForPlayerS(peer) + blockS, 0) * peer.rateBytesPerS * PEER_CONFIDENCE;
  }
  return bytes;
}
