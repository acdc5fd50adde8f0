import type { EngineLimits } from './limits/engine-limits.ts';
import type { Addition } from './transfer/addition.ts';
import type { Transfer } from './transfer/transfer.ts';

/** Transfers that run, and whether there is any work that must not be interrupted. */
export type Activity = { readonly running: number; readonly busy: boolean };

/** How much an engine has to do. */
export function activityOf(
  entries: Iterable<Transfer>,
  additions: Iterable<Addition>,
  { isHalted, waitsForConnection }: Pick<EngineLimits, 'isHalted' | 'waitsForConnection'>,
): Activity {
  const transfers = [...entries];
  const adding = [...additions].filter(({ record }) => record.state.phase === 'fetching-metadata').length;
  const wanting = transfers.filter((transfer) => transfer.isRunning).length + adding;
  const running = isHalted ? adding : wanting;
  // One that only waits for another connection must stay to notice when it comes.
  const isAwake = running > 0 || (waitsForConnection && wanting > 0);
  // A seed that may not upload now, as when the day's budget is spent, waits for the moment when it may.
  const isSeed = ({ isSeeding, run, record }: Transfer) =>
    isSeeding || (record.state.phase === 'done' && run?.isInSwarm === true);
  const isUsed = transfers.some((transfer) => isSeed(transfer) || transfer.players.isPlayed);
  return { running, busy: isAwake || isUsed };
}
