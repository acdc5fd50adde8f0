import type { TransferView } from '../model/transfer-view.ts';
import { STATE_WORDS } from './words/state-words.ts';

/**
 * Says in a few words what a transfer does. Changes only when that changes, never with a speed or a percentage,
 * because screen readers read it.
 */
export function describeState(view: TransferView): string {
  const { state } = view;
  switch (state.phase) {
    case 'fetching-metadata':
      return hasSource(view) ? STATE_WORDS.fetchingMetadata : STATE_WORDS.lookingForSources;
    case 'choosing':
      return STATE_WORDS.choosing;
    case 'checking':
      return STATE_WORDS.checking;
    case 'downloading':
      return hasSource(view) ? STATE_WORDS.downloading : STATE_WORDS.lookingForSources;
    case 'saving':
      return STATE_WORDS.saving;
    case 'done':
      return view.isSeeding ? STATE_WORDS.sharing : STATE_WORDS.done;
    case 'paused':
      return state.resumeTo.phase === 'done' ? STATE_WORDS.sharingPaused : STATE_WORDS.paused;
    case 'failed':
      return STATE_WORDS.failed;
  }
}

const hasSource = (view: TransferView): boolean => view.peersConnected + view.originsUsable > 0;
