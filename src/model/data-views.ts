import type { TransferId } from './ids.ts';
import type { WastedBytes } from './ledger.ts';

/** What the store holds. Bytes as the files are long: one that has gaps takes less of the disk. */
export type StoreUse = {
  readonly usedBytes: number;
  readonly freeBytes: number;
  readonly transfers: readonly {
    readonly id: TransferId;
    readonly name: string;
    readonly bytes: number;
    /** The files are in Downloads, or the user's own elsewhere, and the copy only serves others. */
    readonly isSaved: boolean;
  }[];
  /** Directories that belong to no transfer of the list: pieces that were kept, or what a crash left. */
  readonly strays: { readonly count: number; readonly bytes: number };
};

/** Sums of one day of the user's calendar (`2026-11-22`), or of all time. */
export type LedgerSums = {
  readonly peerBytes: number;
  readonly originBytes: number;
  readonly uploadedBytes: number;
  readonly wastedBytes: WastedBytes;
};

export type LedgerDay = LedgerSums & { readonly day: string };

export type LedgerTotals = {
  readonly all: LedgerSums;
  /** The last 400 days on which anything came or went, oldest first; `all` has those before them, too. */
  readonly days: readonly LedgerDay[];
  /** Origins' hosts over all time, those first that brought most. */
  readonly hosts: readonly { readonly host: string; readonly bytes: number }[];
  /** What the hosts brought that are too many to be kept by name. */
  readonly otherHostsBytes: number;
};

/**
 * Everything that is remembered, as JSON text; not the pieces. `withoutInfo`: transfers whose info dictionaries did not
 * fit into it; what they hold is asked of peers again. `leftOut`: addresses that may be secret, if those were not wanted.
 */
export type SavedState = { readonly text: string; readonly withoutInfo: number; readonly leftOut: number };

/** What reading such a document did. `settings` are taken whole, transfers are added to those that are there. */
export type StateRead =
  | { readonly ok: true; readonly added: number; readonly wereThere: number; readonly unreadable: number }
  | { readonly ok: false; readonly reason: 'no-state' | 'newer-version' | 'too-large' };
