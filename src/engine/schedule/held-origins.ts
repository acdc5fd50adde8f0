import type { Draft, DraftRun } from './draft.ts';
import { MIN_RUN_BYTES } from './run-length.ts';

/** A request of an origin that is held back lasts about so long. */
const HELD_RUN_S = 1;
/** Origins that bring this much of what they may are held back by that, and by nothing else. */
const HELD_SHARE = 0.75;
/** Those that bring less of it have lately been given more than they took, or are slow. */
const SLOW_SHARE = 0.3;

/** A stream that has been silent for so long may have sent nothing. */
const SILENCE_S = 1;

/**
 * The longest run while origins are held to a rate. Such a stream is read slower than it comes: whatever is asked for
 * waits in the browser and in the network, mebibytes of it, and comes in vain when the run is shortened. Pure.
 */
export function longestHeldRunBytes({ view }: Draft): number {
  const pace = view.originsPaceBytesPerS ?? null;
  return pace === null ? Number.POSITIVE_INFINITY : Math.max(pace * HELD_RUN_S, MIN_RUN_BYTES);
}

/**
 * Whether the runs that there are bring all that origins may bring: another one would wait with them. While there is none
 * or none has shown its rate, one of each origin is enough. Pure.
 */
export const areOriginsHeld = (draft: Draft): boolean => bringTheirShare(draft, HELD_SHARE);

function bringTheirShare({ view, runs }: Draft, share: number): boolean {
  const pace = view.originsPaceBytesPerS ?? null;
  if (pace === null) return false;
  let bytesPerS = runs.length === 0 ? Number.POSITIVE_INFINITY : 0;
  for (const run of runs) bytesPerS += run.view.rateBytesPerS ?? Number.POSITIVE_INFINITY;
  return bytesPerS >= pace * share;
}

/**
 * Whether the rest of a run waits in the browser by now, so that whoever takes it over has it sent twice: as much as is
 * asked for at a time. Of a longer one, begun before there was a limit, the end may be taken. Pure.
 */
export const isSentAlready = (draft: Draft, run: DraftRun): boolean =>
  bringTheirShare(draft, SLOW_SHARE) &&
  draft.leftBytes(run) <= longestHeldRunBytes(draft) &&
  run.view.silentS < SILENCE_S;
