import type { TransferId } from '../ids.ts';
import type { DetailPart, TransferDetails } from '../transfer-details.ts';

/** What an open detail view asks for, about once a second. */
export type DetailCommands = {
  /** Null when there is no such transfer. */
  'transfer.details': {
    input: { readonly id: TransferId; readonly parts: readonly DetailPart[] };
    output: { readonly details: TransferDetails | null };
    sentBy: 'ui';
  };
};
