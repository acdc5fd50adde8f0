import type { Transfer } from './transfer.ts';

/** Where a transfer stands among those that are to be fetched. */
export type QueueStanding = {
  /** It would fetch, but its turn has not come. */
  readonly isWaiting: boolean;
  /** From 1; null for what is not to be fetched. */
  readonly queuePlace: number | null;
};

/** What the engine as a whole says of one transfer: the queue, and what holds for all. Asked anew each time. */
export type TransferRules = {
  /** Whether it may run now. */
  readonly mayRun: (transfer: Transfer) => boolean;
  readonly standing: (transfer: Transfer) => QueueStanding;
};
