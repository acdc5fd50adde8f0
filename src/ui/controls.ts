import type { Failure } from '../model/failure.ts';
import type { FileIndex } from '../model/ids.ts';
import type { TransferView } from '../model/transfer-view.ts';
import { underlyingState } from './underlying-state.ts';

/** Which buttons a row offers, besides "Remove". `saved`: the download to open or to show, when there is one. */
export type Controls = {
  readonly toggle: 'pause' | 'resume' | null;
  readonly savedDownloadId: number | null;
  /** The file that "Play" shows. */
  readonly playable: FileIndex | null;
};

/** Decides which buttons make sense. Saving is not interrupted; what is done shares as the settings say, or is removed. */
export function controlsOf(view: TransferView): Controls {
  return { toggle: toggleOf(view), savedDownloadId: view.saved?.downloadId ?? null, playable: playableOf(view) };
}

/** What is done and no longer in the store is opened in another program; before the files are chosen nothing is played. */
function playableOf({ state, playable, isStored, isStaged }: TransferView): FileIndex | null {
  const { phase } = underlyingState(state);
  if (isStaged || phase === 'fetching-metadata' || phase === 'choosing' || state.phase === 'failed') return null;
  return phase === 'done' && !isStored ? null : playable;
}

function toggleOf({ state }: TransferView): Controls['toggle'] {
  switch (state.phase) {
    case 'fetching-metadata':
    case 'checking':
    case 'downloading':
      return 'pause';
    case 'choosing':
    case 'saving':
    case 'done':
      return null;
    case 'paused':
      return 'resume';
    case 'failed':
      return canBeTriedAgain(state.failure) ? 'resume' : null;
  }
}

/** A link that cannot be read says the same tomorrow. */
function canBeTriedAgain({ code }: Failure): boolean {
  return code !== 'bad-link' && code !== 'v2-only';
}
