import type { TransferId } from './ids.ts';
import type { WasteReason } from './ledger.ts';

/** What the store holds. Bytes of the disk. */
export type StoreUse = {
  readonly usedBytes: number;
  readonly freeBytes: number;
  readonly transfers: readonly {
    readonly id: TransferId;
    readonly name: string;
    readonly bytes: number;
    /** The files are in Downloads, and the copy only serves others. */
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
  readonly wastedBytes: Readonly<Record<WasteReason, number>>;
};

export type LedgerTotals = {
  readonly all: LedgerSums;
  readonly days: readonly (LedgerSums & { readonly day: string })[];
  /** Origins' hosts over all time, those first that brought most. */
  readonly hosts: readonly { readonly host: string; readonly bytes: number }[];
};

/** Everything that is remembered, as JSON text; not the pieces. */
export type SavedState = { readonly text: string };

/** What reading such a document did. `settings` are taken whole, transfers are added to those that are there. */
export type StateRead =
  | { readonly ok: true; readonly added: number; readonly wereThere: number; readonly unreadable: number }
  | { readonly ok: false; readonly reason: 'no-state' | 'newer-version' };
