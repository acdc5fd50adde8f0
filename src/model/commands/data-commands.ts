import type { LedgerTotals, SavedState, StateRead, StoreUse } from '../data-views.ts';
import type { TransferId } from '../ids.ts';

/** What is done with a transfer's sources and data, and with everything that is remembered. */
export type DataCommands = {
  /** More trackers or origins for a transfer. `taken` is false when its torrent is private or none of them is new. */
  'transfer.add-sources': {
    input: { readonly id: TransferId; readonly trackers: readonly string[]; readonly origins: readonly string[] };
    output: { readonly taken: boolean };
    sentBy: 'ui';
  };
  'transfer.remove-source': { input: { readonly id: TransferId; readonly url: string }; output: null; sentBy: 'ui' };
  /** Hashes again all that the store has of it; what does not match is fetched anew. */
  'transfer.recheck': { input: { readonly id: TransferId }; output: null; sentBy: 'ui' };
  /** Files of the user's own were put into the store by a page of ours, with their journal (`store/put-file.ts`). */
  'transfer.reseed': { input: { readonly id: TransferId }; output: null; sentBy: 'ui' };
  /** Whether the store's copy is kept after saving; null: as the settings say. */
  'transfer.keep-copy': {
    input: { readonly id: TransferId; readonly keep: boolean | null };
    output: null;
    sentBy: 'ui';
  };
  /** Gives back the space of a copy that is no longer needed. */
  'transfer.drop-copy': { input: { readonly id: TransferId }; output: null; sentBy: 'ui' };
  'store.use': { input: null; output: StoreUse; sentBy: 'ui' };
  /** Deletes what belongs to no transfer of the list. */
  'store.clean': { input: null; output: { readonly freedBytes: number }; sentBy: 'ui' };
  /** Bytes by source over all transfers and by day. */
  'ledger.totals': { input: null; output: LedgerTotals; sentBy: 'ui' };
  /** Records and settings as one document, and what reading one back did. */
  'state.export': { input: null; output: SavedState; sentBy: 'ui' };
  'state.import': { input: { readonly text: string }; output: StateRead; sentBy: 'ui' };
};
