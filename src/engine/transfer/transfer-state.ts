import type { Failure } from '../../model/failure.ts';
import type { RunningState, TransferState } from '../../model/transfer-view.ts';

export type TransferEvent =
  | { readonly type: 'metadata-received' | 'pause-requested' | 'resume-requested' | 'files-saved' }
  /** The store was opened and looked through. */
  | { readonly type: 'check-finished'; readonly piecesMissing: number }
  /** The metadata is there, and the user is to choose; and the user has chosen. */
  | { readonly type: 'shown' | 'accepted' }
  /** What the store has is to be looked at again, whatever is going on. */
  | { readonly type: 'check-requested' }
  /** The user wants files that are not here. */
  | { readonly type: 'more-wanted' }
  | { readonly type: 'all-verified' }
  /** Nobody can bring the rest, and there are whole files without it. */
  | { readonly type: 'settled' }
  | { readonly type: 'failed'; readonly failure: Failure };

/**
 * The only function that moves a transfer from one phase to another.
 * Total: an event that means nothing in this phase, such as a file saved after a pause, changes nothing.
 */
export function nextState(state: TransferState, event: TransferEvent): TransferState {
  if (event.type === 'check-requested') return mayCheck(state) ? { phase: 'checking' } : state;
  if (state.phase === 'paused' || state.phase === 'failed') return nextStoppedState(state, event);
  switch (event.type) {
    case 'metadata-received':
      return state.phase === 'fetching-metadata' ? { phase: 'checking' } : state;
    case 'check-finished':
      if (state.phase !== 'checking') return state;
      return { phase: event.piecesMissing > 0 ? 'downloading' : 'saving' };
    case 'all-verified':
    case 'settled':
      return state.phase === 'downloading' ? { phase: 'saving' } : state;
    case 'files-saved':
      return state.phase === 'saving' ? { phase: 'done' } : state;
    case 'pause-requested':
      return { phase: 'paused', resumeTo: state };
    case 'failed':
      return { phase: 'failed', resumeTo: state, failure: event.failure };
    case 'shown':
      return state.phase === 'fetching-metadata' ? { phase: 'choosing' } : state;
    case 'accepted':
      return state.phase === 'choosing' ? { phase: 'checking' } : state;
    case 'more-wanted':
      return state.phase === 'done' ? { phase: 'checking' } : state;
    case 'resume-requested':
      return state;
  }
}

/** Before the metadata is known, or the user has said what to take, there is nothing to look at. */
function mayCheck(state: TransferState): boolean {
  const { phase } = 'resumeTo' in state ? state.resumeTo : state;
  return phase !== 'fetching-metadata' && phase !== 'choosing';
}

type StoppedState = Exclude<TransferState, RunningState>;

function nextStoppedState(state: StoppedState, event: TransferEvent): TransferState {
  if (event.type === 'resume-requested') return afterStop(state.resumeTo);
  // A failure must not hide behind a pause, and a pause must not hide a failure.
  if (event.type === 'failed' && state.phase === 'paused') return { ...state, phase: 'failed', failure: event.failure };
  return state;
}

/** Where a transfer goes on after a stop, or after a restart of the browser: what is in the store is looked at again. */
export function afterStop(state: RunningState): RunningState {
  return state.phase === 'downloading' || state.phase === 'saving' ? { phase: 'checking' } : state;
}
