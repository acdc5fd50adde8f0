import type { Halt, SeedingEnd } from '../../model/transfer-view.ts';
import type { UploadAsk } from '../limits/upload-pace.ts';
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
  readonly standing: (transfer: Transfer) => QueueStanding & { readonly halt: Halt | null };
  /** Whether bytes may be uploaded now: the user shares, and this day's share is not spent. */
  readonly mayUpload: (transfer: Transfer) => boolean;
  /** Whether it seeds when it is done: the user shares, and no goal says that it has done enough. */
  readonly maySeed: (transfer: Transfer) => boolean;
  /** Why it does not seed although the user shares; null when it may. */
  readonly seedingEnd: (transfer: Transfer) => SeedingEnd | null;
  /** Whether the store's copy may go. See `mayDropCopy`. */
  readonly mayDropCopy: (transfer: Transfer, isSharing: boolean) => boolean;
  /** Its download has begun: it has its share of the limits before it asks for anything. */
  readonly fetching: () => void;
  /** Resolves when a block may go out. */
  readonly uploadTurn: (ask: UploadAsk) => Promise<void>;
  readonly uploaded: (bytes: number) => void;
  /** Trackers that it gets now that its metadata is known. See `moreTrackers`. */
  readonly moreTrackers: (transfer: Transfer) => readonly string[];
};

/** The same for a run, which knows no other transfer. */
export type RunRules = {
  readonly mayUpload: () => boolean;
  readonly maySeed: () => boolean;
  readonly mayDropCopy: (isSharing: boolean) => boolean;
  readonly fetching: () => void;
  readonly uploadTurn: (ask: Omit<UploadAsk, 'transfer'>) => Promise<void>;
  readonly uploaded: (bytes: number) => void;
  readonly moreTrackers: () => readonly string[];
};

/** What a run of this transfer may ask. */
export const rulesOfRun = (transfer: Transfer, rules: TransferRules): RunRules => ({
  mayUpload: () => rules.mayUpload(transfer),
  maySeed: () => rules.maySeed(transfer),
  mayDropCopy: (isSharing) => rules.mayDropCopy(transfer, isSharing),
  fetching: rules.fetching,
  uploadTurn: (ask) => rules.uploadTurn({ ...ask, transfer: transfer.id }),
  uploaded: rules.uploaded,
  moreTrackers: () => rules.moreTrackers(transfer),
});
