import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { runReachesS } from './block-times.ts';
import type { Draft, DraftRun } from './draft.ts';
import { hasHalted } from './halted.ts';
import { isMuchSooner } from './late-blocks.ts';
import { dueS, lackingBlocks, piecesForPlayer } from './needed-by-player.ts';
import { PieceState } from './piece-map.ts';
import { rateOf } from './plan-origins.ts';
import type { OriginView } from './plan-view.ts';

/** Only what a player stands still for in a moment is worth to break a request off. */
const SOON_S = 1.5;
/** What is due by now is what a player stands still for: it is due half a second before it is played. */
const STANDS_STILL_S = -0.4;
/** A run that is so near to what is wanted goes on. */
const NEAR_S = 0.5;

/**
 * Ends the runs of an origin that are busy with what nobody needs soon, when a player has jumped to what this origin
 * alone could bring in time: they began before the jump, and would last for seconds.
 */
export function makeWay(draft: Draft, origin: OriginView): void {
  const { view } = draft;
  if (view.playback === null || origin.rateBytesPerS === null || origin.ignoresRanges || hasHalted(origin)) return;
  const runs = draft.runsOf(origin);
  const wantedByte = runs.length === 0 ? -1 : lateByte(draft, origin);
  if (wantedByte === -1) return;
  for (const run of runs) {
    if (bringsSoonest(draft, run, wantedByte)) continue;
    const endByte = blockEnd(draft, run.view.positionByte);
    if (endByte < run.endByte && !view.suspect.has(draft.map.pieceAt(run.view.positionByte))) {
      draft.shorten(run, endByte, 'stolen');
    }
  }
}

/** Whether a player waits for what it needs next: it has nothing left to play, or has jumped. */
export function standsStill(draft: Draft): boolean {
  for (const piece of piecesForPlayer(draft)) return dueS(draft, piece) <= STANDS_STILL_S;
  return false;
}

/** Where the piece begins that a player needs first, if that is in a moment and it comes too late; else -1. */
function lateByte(draft: Draft, origin: OriginView): number {
  const { map } = draft;
  const firstByteS = (origin.firstByteMs ?? 200) / 1_000;
  for (const piece of piecesForPlayer(draft)) {
    const due = dueS(draft, piece);
    if (due > Math.min(SOON_S, draft.dueWithinS)) return -1;
    if (origin.barred.has(piece)) continue;
    const bringsS = firstByteS + map.lengthOf(piece) / rateOf(origin);
    if (lackingBlocks(draft, piece) > 0 && map.states[piece] !== PieceState.inRun) return map.startOf(piece);
    for (const run of draft.runs) {
      const isIn = run.view.positionByte < map.startOf(piece + 1) && run.endByte > map.startOf(piece);
      if (!isIn) continue;
      const comesS = runReachesS(draft, run, Math.min(run.endByte, map.startOf(piece + 1)));
      if (comesS > Math.max(due, 0) && isMuchSooner(bringsS, comesS)) return map.startOf(piece);
    }
    return -1; // what comes after it is nobody's jump
  }
  return -1;
}

/** Whether a run is in that piece already, or about to come to it: where a stream is, is told a moment later. */
function bringsSoonest(draft: Draft, run: DraftRun, wantedByte: number): boolean {
  const { map, view } = draft;
  const position = run.view.positionByte;
  const from = map.startOf(map.pieceAt(view.playback?.positionByte ?? 0)) - NEAR_S * run.rateBytesPerS;
  return run.endByte > wantedByte && position >= from && map.startOf(map.pieceAt(position)) <= wantedByte;
}

function blockEnd({ map }: Draft, byte: number): number {
  const piece = map.pieceAt(byte);
  const start = map.startOf(piece);
  const blocks = Math.floor((byte - start) / BLOCK_LENGTH_BYTES) + 1;
  return Math.min(start + blocks * BLOCK_LENGTH_BYTES, map.startOf(piece + 1));
}
