import type { Finding } from '../../model/transfer-details.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { Weight } from '../words/explanation.ts';
import type { FindingAction } from '../words/finding-words.ts';

/**
 * What a user can do about a finding with one click. `retry`: begin again now. `settings`: the settings of all.
 * `add-source`: the field for trackers and origins. `free-space`: what the store holds. `choose-policy`: the policy of this
 * transfer. `limits`: its own limits. `start-now`: pass over the queue.
 */
export type Step = FindingAction | 'limits' | 'start-now';

/**
 * The next step for a finding whose words name `action`; null when there is nothing to click, because waiting is right, or
 * nothing can be done. Some are nearer to this one transfer than what the words say for all of them.
 */
export function stepOf(finding: Finding, action: FindingAction | null, { state }: TransferView): Step | null {
  switch (finding.code) {
    case 'queued':
      return 'start-now';
    case 'limit-reached':
      return finding.limit === 'transfer' ? 'limits' : action;
    case 'paused-by-user':
      return state.phase === 'paused' ? action : null;
    case 'failed':
      return state.phase === 'failed' ? action : null;
    default:
      return action;
  }
}

/** How much a finding matters, which is how it looks: most findings leave a transfer waiting. */
export function weightOf({ code }: Finding): Weight {
  switch (code) {
    case 'failed':
    case 'offline':
    case 'disk-nearly-full':
      return 'stops';
    case 'all-well':
    case 'done':
    case 'checking':
    case 'saving':
    case 'looking':
    case 'paused-by-user':
    case 'all-paused':
    case 'waits-for-choice':
    case 'queued':
    case 'download-only':
    case 'policy-waits':
      return 'informs';
    default:
      return 'waits';
  }
}
