import type { LedgerTotals, SavedState, StateRead, StoreUse } from '../data-views.ts';
import type { FileIndex, TransferId } from '../ids.ts';
import type { Settings } from '../settings.ts';

/** What is done with a transfer's sources and data, and with everything that is remembered. */
export type DataCommands = {
  /** More trackers or origins for a transfer. `taken` is false when its torrent is private or none of them is new. */
  'transfer.add-sources': {
    input: { readonly id: TransferId; readonly trackers: readonly string[]; readonly origins: readonly string[] };
    output: { readonly taken: boolean };
    sentBy: 'ui';
  };
  'transfer.remove-source': { input: { readonly id: TransferId; readonly url: string }; output: null; sentBy: 'ui' };
  /**
   * Hashes again all that the store has of it (phase `checking`, in which the verified bytes grow); what does not match
   * is fetched anew, once it is not paused. `no-copy`: the store has nothing of it, for instance because its files are
   * saved and the copy is gone.
   */
  'transfer.recheck': {
    input: { readonly id: TransferId };
    output: { readonly outcome: 'checking' | 'no-copy' };
    sentBy: 'ui';
  };
  /**
   * A page of ours is about to put files of the user's own into the store (`own-files/offer-files.ts`): the transfer lets
   * go of it until `transfer.reseed`, or until the page gives back the lock that it holds (model/own-files-lock.ts).
   * `lent` is false when its metadata is not known.
   */
  'transfer.lend': { input: { readonly id: TransferId }; output: { readonly lent: boolean }; sentBy: 'ui' };
  /** The files are in. `own`: those of which the user has every byte; they are saved nowhere a second time. */
  'transfer.reseed': {
    input: { readonly id: TransferId; readonly own: readonly FileIndex[] };
    output: null;
    sentBy: 'ui';
  };
  /** Whether the store's copy is kept after saving; null: as the settings say. */
  'transfer.keep-copy': {
    input: { readonly id: TransferId; readonly keep: boolean | null };
    output: null;
    sentBy: 'ui';
  };
  /** Gives back the space of a copy whose files are saved; `dropped` is false when there is none. */
  'transfer.drop-copy': { input: { readonly id: TransferId }; output: { readonly dropped: boolean }; sentBy: 'ui' };
  'store.use': { input: null; output: StoreUse; sentBy: 'ui' };
  /** Deletes what belongs to no transfer of the list. */
  'store.clean': { input: null; output: { readonly freedBytes: number }; sentBy: 'ui' };
  /** Bytes by source over all transfers and by day. */
  'ledger.totals': { input: null; output: LedgerTotals; sentBy: 'ui' };
  /** Records and settings as one document, and what reading one back did. */
  'state.export': { input: { readonly withSecrets: boolean }; output: SavedState; sentBy: 'ui' };
  /** At most `MAX_STATE_CHARS`. `settings` is what the door has read of them: whoever sends leaves it out. */
  'state.import': {
    input: { readonly text: string; readonly settings?: Partial<Settings> };
    output: StateRead;
    sentBy: 'ui';
  };
};
