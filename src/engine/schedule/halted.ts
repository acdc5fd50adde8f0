import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft, DraftRun } from './draft.ts';
import type { OriginView, PlanView } from './plan-view.ts';

/** A stream that has brought nothing for so long has come to a halt. */
export const HALT_S = 1;
/** What it was to bring is given back after this silence in mid-body; and while the first byte is waited for. */
const GIVE_BACK_S = 1.5;
const GIVE_BACK_FIRST_S = 5;

/** Seconds of silence after which nothing is expected of an origin's stream, before and after its first byte. */
function patienceS(origin: OriginView | undefined, hasBegun: boolean): number {
  if (hasBegun) return GIVE_BACK_S;
  const firstByteMs = origin?.firstByteMs ?? null;
  return firstByteMs === null ? GIVE_BACK_FIRST_S : Math.max(GIVE_BACK_S, (3 * firstByteMs) / 1_000);
}

/** Whether an origin has been silent for so long that it gets one short request at a time, to see whether it is there. */
export function hasHalted(origin: OriginView): boolean {
  return origin.silentS > patienceS(origin, origin.rateBytesPerS !== null);
}

/**
 * Gives back what runs that have come to a halt were to bring, but for the block that they are in: it is anybody's at
 * once, and not only when all else is done. As long as somebody else is there to bring it.
 */
export function giveBackHalted(draft: Draft): void {
  for (const run of draft.runs) {
    if (!isHaltedRun(draft.view, run) || !canOthers(draft.view, run)) continue;
    const { map } = draft;
    const piece = map.pieceAt(run.view.positionByte);
    const inPiece = run.view.positionByte - map.startOf(piece);
    const blockEnd = map.startOf(piece) + (Math.floor(inPiece / BLOCK_LENGTH_BYTES) + 1) * BLOCK_LENGTH_BYTES;
    const endByte = draft.view.suspect.has(piece) ? map.startOf(piece + 1) : Math.min(blockEnd, map.startOf(piece + 1));
    if (endByte < run.endByte) draft.shorten(run, endByte, 'halted');
  }
}

function isHaltedRun({ origins }: PlanView, { view }: DraftRun): boolean {
  const origin = origins.find((it) => it.origin === view.origin);
  return view.silentS > patienceS(origin, view.rateBytesPerS !== null);
}

function canOthers({ origins, peers, policy }: PlanView, { view }: DraftRun): boolean {
  if (origins.some((origin) => origin.origin !== view.origin && !hasHalted(origin))) return true;
  return (
    policy !== 'peers-off' && peers.some(({ rateBytesPerS, silentS }) => rateBytesPerS !== null && silentS < HALT_S)
  );
}
