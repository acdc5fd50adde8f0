import type { TransferId } from '../ids.ts';

/** What a list of all transfers asks for, besides what every screen does. */
export type ListCommands = {
  /** A magnet link to a transfer with all its trackers and origins; null while its info hash is not known. */
  'transfer.magnet': {
    input: { readonly id: TransferId };
    output: { readonly magnet: string | null };
    sentBy: 'ui';
  };
};
