import type { TransferState } from '../model/transfer-view.ts';

export type DataState = 'fetching-metadata' | 'choosing' | 'checking' | 'downloading' | 'paused' | 'done' | 'failed';

/** The `data-state` of a row, by which programs tell what a transfer does. Saving is the last step of downloading. */
export const dataStateOf = (state: TransferState): DataState =>
  state.phase === 'saving' ? 'downloading' : state.phase;
