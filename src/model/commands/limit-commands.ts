import type { TransferId } from '../ids.ts';
import type { TransferLimits } from '../transfer-limits.ts';

/** Limits, the queue, and everything that is done to many at once. */
export type LimitCommands = {
  /** Limits of one transfer; they hold beside the ones of all. */
  'transfer.set-limits': {
    input: { readonly id: TransferId; readonly limits: TransferLimits };
    output: null;
    sentBy: 'ui';
  };
  /** Moves transfers in the queue, in the order given: before another one, or to the end. Those first run first. */
  'queue.move': {
    input: { readonly ids: readonly TransferId[]; readonly before: TransferId | null };
    output: null;
    sentBy: 'ui';
  };
  /** Lets a transfer run now, whatever its place in the queue and however many run. */
  'queue.start-now': { input: { readonly id: TransferId }; output: null; sentBy: 'ui' };
  'transfer.set-label': {
    input: { readonly id: TransferId; readonly label: string | null };
    output: null;
    sentBy: 'ui';
  };
};
