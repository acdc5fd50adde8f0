import type { FileIndex, TransferId } from '../ids.ts';
import type { DetailPart, TransferDetails } from '../transfer-details.ts';

/** What an open detail view asks for, about once a second. */
export type DetailCommands = {
  /** Null when there is no such transfer. */
  'transfer.details': {
    input: { readonly id: TransferId; readonly parts: readonly DetailPart[] };
    output: { readonly details: TransferDetails | null };
    sentBy: 'ui';
  };
  /**
   * Copies one whole file to the Downloads folder while the rest is still fetched. `isSaved` is false when not all of it
   * is verified, or the transfer is not downloading.
   */
  'transfer.save-file': {
    input: { readonly id: TransferId; readonly file: FileIndex };
    output: { readonly isSaved: boolean };
    sentBy: 'ui';
  };
};
