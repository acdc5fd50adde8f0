import type { TransferView } from '../model/transfer-view.ts';
import { underlyingState } from './underlying-state.ts';

/** How full the bar is, and by whom: shares of the whole from 0 to 1, and the sum in whole percent, rounded down. */
export type Progress = {
  readonly hereShare: number;
  readonly peerShare: number;
  readonly originShare: number;
  readonly percent: number;
};

const NOTHING: Progress = { hereShare: 0, peerShare: 0, originShare: 0, percent: 0 };

/** Verified bytes of all kinds of source. */
export const verifiedBytes = ({ verified }: TransferView): number =>
  verified.hereBytes + verified.peerBytes + verified.originBytes;

/** Reads the bar off a view. 100 percent means that every byte is verified: 99.9 is written as 99. */
export function progressOf(view: TransferView): Progress {
  const arrivedBytes = verifiedBytes(view);
  const isPartial = view.problems.some(({ code }) => code === 'files-unavailable');
  const isComplete = underlyingState(view.state).phase === 'done' && !isPartial;
  if (isComplete && arrivedBytes === 0) return { ...NOTHING, hereShare: 1, percent: 100 };
  const wholeBytes = isComplete ? arrivedBytes : Math.max(view.sizeBytes ?? 0, arrivedBytes);
  if (wholeBytes === 0) return NOTHING;
  return {
    hereShare: view.verified.hereBytes / wholeBytes,
    peerShare: view.verified.peerBytes / wholeBytes,
    originShare: view.verified.originBytes / wholeBytes,
    percent: Math.floor((100 * arrivedBytes) / wholeBytes),
  };
}

/** Whether the bar can tell nothing yet: the size is unknown, or files on disk are being looked through. */
export const isProgressUnknown = (view: TransferView): boolean =>
  view.state.phase === 'fetching-metadata' || view.state.phase === 'checking';
