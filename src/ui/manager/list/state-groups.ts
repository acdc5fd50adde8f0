import type { TransferView } from '../../../model/transfer-view.ts';
import { explain } from '../../explain.ts';
import { underlyingState } from '../../underlying-state.ts';

/** What the list can be narrowed to. A transfer may be in several. */
export const STATE_GROUPS = ['all', 'downloading', 'waiting', 'seeding', 'done', 'paused', 'trouble'] as const;
export type StateGroup = (typeof STATE_GROUPS)[number];

const BIT: Readonly<Record<StateGroup, number>> = {
  all: 1,
  downloading: 2,
  waiting: 4,
  seeding: 8,
  done: 16,
  paused: 32,
  trouble: 64,
};

/** The groups of a transfer, as one number for `isInGroup`. */
export function groupsOf(view: TransferView): number {
  const { phase } = view.state;
  const isActive = phase !== 'paused' && phase !== 'failed' && phase !== 'done';
  return (
    BIT.all |
    (isActive && !view.isWaiting ? BIT.downloading : 0) |
    (isActive && view.isWaiting ? BIT.waiting : 0) |
    (view.isSeeding ? BIT.seeding : 0) |
    (underlyingState(view.state).phase === 'done' ? BIT.done : 0) |
    (phase === 'paused' ? BIT.paused : 0) |
    (isInTrouble(view) ? BIT.trouble : 0)
  );
}

export const isInGroup = (groups: number, group: StateGroup): boolean => (groups & BIT[group]) !== 0;

/** It has stopped, or something keeps it from going on as it should. What is only good to know is no trouble. */
export const isInTrouble = ({ state, problems }: TransferView): boolean =>
  state.phase === 'failed' || problems.some((problem) => explain(problem).weight !== 'informs');
