import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft, DraftRun } from './draft.ts';
import { BlockState, type PieceMap, PieceState } from './piece-map.ts';

/**
 * Ends runs before what peers have brought since they were asked for it: they would stream it in vain. That happens when
 * somebody plays, for then peers may be asked for what a run comes to too late.
 */
export function trimRuns(draft: Draft): void {
  if (draft.view.playback === null) return;
  for (const run of draft.runs) {
    const endByte = endOfUse(draft, run);
    if (endByte < run.endByte) draft.shorten(run, endByte, 'stolen');
  }
}

/** Where the last block ends that a run brings and that is not here; the block that its stream is in is left to it. */
function endOfUse({ map, view }: Draft, run: DraftRun): number {
  const leastByte = blockEndAt(map, run.view.positionByte);
  let endByte = run.endByte;
  while (endByte > leastByte) {
    const piece = map.pieceAt(endByte - 1);
    if (view.suspect.has(piece)) return endByte;
    const start = map.startOf(piece);
    const block = Math.floor((endByte - 1 - start) / BLOCK_LENGTH_BYTES);
    const isHere = map.states[piece] === PieceState.held || map.open(piece)?.blocks[block] === BlockState.here;
    if (!isHere) return endByte;
    endByte = start + block * BLOCK_LENGTH_BYTES;
  }
  return Math.min(leastByte, run.endByte);
}

/** The end of the block that a byte is in; the byte itself where one block ends and the next begins. */
function blockEndAt(map: PieceMap, byte: number): number {
  const piece = map.pieceAt(byte);
  const start = map.startOf(piece);
  const blocks = Math.ceil((byte - start) / BLOCK_LENGTH_BYTES);
  return Math.min(start + blocks * BLOCK_LENGTH_BYTES, map.startOf(piece + 1));
}
