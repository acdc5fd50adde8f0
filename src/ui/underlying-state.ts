import type { RunningState, TransferState } from '../model/transfer-view.ts';

/** What a transfer does, or would do if it were not paused or failed. */
export const underlyingState = (state: TransferState): RunningState => ('resumeTo' in state ? state.resumeTo : state);
