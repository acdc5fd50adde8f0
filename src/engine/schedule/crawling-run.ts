import type { PlanView, RunView } from './plan-view.ts';

/** A run that needs less than this for the piece it is in is not worth a second source. */
export const MIN_CRAWL_S = 1;

/** Bytes between a run's stream and the end of the piece that it is in. */
export function leftInPiece({ pieceLengthBytes, lengthBytes }: PlanView, run: RunView): number {
  const positionByte = Math.min(run.endPiece * pieceLengthBytes, lengthBytes) - run.leftBytes;
  return Math.max(Math.min((run.piece + 1) * pieceLengthBytes, lengthBytes) - positionByte, 0);
}

/** Seconds until a run has the piece that it is in; 0 while it has not shown its rate, for it may be fast. */
export function secondsInPiece(view: PlanView, run: RunView): number {
  return run.rateBytesPerS === null ? 0 : leftInPiece(view, run) / Math.max(run.rateBytesPerS, 1);
}
