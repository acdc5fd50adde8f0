import english from '../../_locales/en/manager.json' with { type: 'json' };
import type { TransferView } from '../../model/transfer-view.ts';
import { wordsOf } from '../../words/say.ts';
import { describeState } from '../describe-state.ts';

/** Everything that the manager's frame and list say. */
export const sayInManager = wordsOf('manager', english);

/** What a transfer does; of one that may not begin yet, that it waits. */
export function stateInList(view: TransferView): string {
  const isActive = !('resumeTo' in view.state) && view.state.phase !== 'done';
  return isActive && view.isWaiting ? sayInManager(WAITING_KEYS[view.halt ?? 'turn']) : describeState(view);
}

const WAITING_KEYS = {
  turn: 'waitingTurn',
  'all-paused': 'waitingAllPaused',
  metered: 'waitingMetered',
} as const;
