import type { Failure, Problem } from './failure.ts';
import type { FileIndex, TransferId } from './ids.ts';
import type { LedgerView } from './ledger.ts';
import type { PatienceChoice, Policy } from './policy.ts';
import type { PublisherPatience } from './publisher-policy.ts';
import type { TransferLimits } from './transfer-limits.ts';

export type RunningState =
  | { readonly phase: 'fetching-metadata' }
  /** The metadata is there, and the user is asked which files to take. */
  | { readonly phase: 'choosing' }
  | { readonly phase: 'checking' }
  | { readonly phase: 'downloading' }
  /** All that can be had is verified and the files are being copied to the Downloads folder. */
  | { readonly phase: 'saving' }
  /** The files are in the Downloads folder; the transfer may be seeding. */
  | { readonly phase: 'done' };

/** What a transfer is doing. "Paused" and "failed" remember what they interrupt, so that resuming needs no flags. */
export type TransferState =
  | RunningState
  | { readonly phase: 'paused'; readonly resumeTo: RunningState }
  | { readonly phase: 'failed'; readonly resumeTo: RunningState; readonly failure: Failure };

/** Verified bytes by the kind of source that delivered them. `hereBytes` were found in the store. */
export type BytesBySource = { readonly peerBytes: number; readonly originBytes: number; readonly hereBytes: number };

/** What the browser's download list knows of a finished transfer. */
export type SavedView = {
  /** Download to open or to show: the file itself, or the largest of several. */
  readonly downloadId: number;
  readonly files: number;
};

/** What a screen tells of a transfer that a click on a publisher's link began. */
export type DeliveryView = {
  /** The publisher's server. */
  readonly host: string;
  /** How long it may wait by the publisher's word; null without one, and when the user has chosen for it. */
  readonly patience: PublisherPatience | null;
  /** Why it comes without peers: the user does not share, or it is one that others are compared with. */
  readonly alone: 'not-sharing' | 'compared' | null;
  /** The host that is told how it went when it ends; null when nobody is. */
  readonly reportsTo: string | null;
};

/** Why a transfer that is done does not seed, although the user shares. */
export type SeedingEnd = 'ratio' | 'hours' | 'daily-upload' | 'all-paused' | 'metered';

/** Why nothing at all is fetched now. */
export type Halt = 'all-paused' | 'metered';

/** One transfer as screens see it: plain data, made by the engine host, at most four times a second. */
export type TransferView = {
  readonly id: TransferId;
  /** The torrent's name, or the best there is before its metadata is known. Shown as text, never as markup. */
  readonly name: string;
  readonly addedAtMs: number;
  /** Null until the metadata is known. */
  readonly sizeBytes: number | null;
  readonly files: number | null;
  readonly state: TransferState;
  readonly policy: Policy;
  readonly patience: PatienceChoice;
  readonly verified: BytesBySource;
  readonly ledger: LedgerView;
  readonly peerBytesPerS: number;
  readonly originBytesPerS: number;
  readonly uploadBytesPerS: number;
  readonly uploadedBytes: number;
  /** Null when it cannot be told. */
  readonly secondsLeft: number | null;
  readonly peersConnected: number;
  readonly originsUsable: number;
  readonly isSeeding: boolean;
  /** Null when it seeds, may seed, or has no reason of these. */
  readonly seedingEnd: SeedingEnd | null;
  readonly problems: readonly Problem[];
  /** It waits for the user to say which files, and when: it is not in the list yet. */
  readonly isStaged: boolean;
  /** Host of the page in which the user clicked on it; null for what was added by hand. */
  readonly site: string | null;
  readonly saved: SavedView | null;
  readonly delivery: DeliveryView | null;
  /** It would fetch, but others are before it in the queue, or nothing is fetched now. */
  readonly isWaiting: boolean;
  /** Why it waits, if it is not for its turn. */
  readonly halt: Halt | null;
  /** Place in the queue, from 1, of what is to be fetched; null for what is done. */
  readonly queuePlace: number | null;
  /** The user's own word for it; null without one. */
  readonly label: string | null;
  readonly limits: TransferLimits;
  /** The store has bytes of it. */
  readonly isStored: boolean;
  /** Whether the store's copy stays when the files are saved; null: as the settings say. */
  readonly keepsCopy: boolean | null;
  /** The largest file that a player page can show, those with a time line before all others; null when there is none. */
  readonly playable: FileIndex | null;
  /** It came from a private window: nothing is to be remembered of what is done with it. */
  readonly isPrivateWindow: boolean;
};
