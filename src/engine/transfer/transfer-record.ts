import type { Problem } from '../../model/failure.ts';
import type { FileIndex, OriginUrl, TransferId } from '../../model/ids.ts';
import type { Policy } from '../../model/policy.ts';
import type { TransferLimits } from '../../model/transfer-limits.ts';
import type { SavedView, TransferState } from '../../model/transfer-view.ts';
import type { FileSpans } from '../torrent/file-spans.ts';
import type { HashesOfFile } from '../torrent/whole-hashes.ts';
import type { ChosenPatience } from './chosen-patience.ts';
import type { Delivery } from './delivery.ts';
import type { FileChoice } from './file-choice.ts';
import type { Ledger } from './ledger.ts';

/** A file of the torrent that was handed to the browser's download list. */
export type SavedFile = { readonly file: number; readonly downloadId: number; readonly isComplete: boolean };

/** What is remembered of a transfer. Which pieces are there is the store's journal's to say, not this record's. */
export type TransferRecord = {
  readonly id: TransferId;
  readonly name: string;
  readonly addedAtMs: number;
  readonly trackers: readonly string[];
  readonly origins: readonly OriginUrl[];
  /** Addresses of the .torrent (`xs=`), or the one that was clicked. */
  readonly torrentUrls: readonly string[];
  readonly isPrivate: boolean;
  readonly policy: Policy;
  readonly patience: ChosenPatience;
  readonly state: TransferState;
  readonly sizeBytes: number | null;
  readonly files: number | null;
  readonly uploadedBytes: number;
  /** How long it has seeded since it was done. */
  readonly seededMs?: number;
  /** Verified bytes by kind of source, kept for when the store's copy is gone. */
  readonly verified: { readonly peerBytes: number; readonly originBytes: number; readonly hereBytes: number };
  readonly ledger: Ledger;
  readonly saved: readonly SavedFile[];
  /** Folder below Downloads that the files of a multi-file torrent go to, once chosen. */
  readonly folder: string | null;
  readonly shown: SavedView | null;
  /** Off the list, but its verified pieces wait for the day it is added again. */
  readonly isHidden: boolean;
  /** The store still has the bytes. */
  readonly isStored: boolean;
  readonly problems: readonly Problem[];
  /** Which files are wanted; all when it is left out. */
  readonly choice?: FileChoice;
  /** The files that the link asked for (`so=`, BEP 53), until the metadata tells which those are. */
  readonly selected?: readonly number[] | null;
  /** It came from a public page: nothing that it names may lead into the local network. */
  readonly isPublic?: boolean;
  /** Hosts of the local network that it named, and that are not asked. */
  readonly leftOut?: readonly string[];
  /** It came from a private window, and is forgotten when the last of these closes. */
  readonly isPrivateWindow?: boolean;
  /** Host of the page in which the user clicked on it. */
  readonly site?: string | null;
  /** It waits for the user to say which files, and when. */
  readonly isStaged?: boolean;
  /** What the Metalink that led here says of whole files. */
  readonly fileHashes?: readonly HashesOfFile[];
  /** Files whose hash vouched for them, though not all their pieces are verified. */
  readonly vouched?: readonly FileIndex[];
  /** A click on a publisher's link began it; null or left out when the user added it. */
  readonly delivery?: Delivery | null;
  /** What its one file is called in the Downloads folder, when that is not the torrent's name. */
  readonly fileName?: string;
  /** It is played from its page and saved nowhere, until the user adds it. */
  readonly isPlayedOnly?: boolean;
  /** The user's own word for it. */
  readonly label?: string | null;
  readonly limits?: TransferLimits;
  /** Where it stands in the queue: the smaller, the earlier; when it was added, when left out. */
  readonly queueKey?: number;
  /** The user wants it to run whatever its place in the queue. */
  readonly isForced?: boolean;
  /** All of it is hashed again when the store is opened next, and what happens then; null or left out: no. */
  readonly recheck?: 'then-go-on' | 'then-pause' | null;
  /** The store's copy is put right or put together again, though the files are saved: they are wanted nevertheless. */
  readonly restores?: boolean;
  /** Files that the user has elsewhere and gave to the store: they are not saved. */
  readonly ownFiles?: FileSpans;
  /** Whether the store's copy stays when the files are saved; as the settings say when left out. */
  readonly keepsCopy?: boolean | null;
  /** The file that a player page is offered for; null when there is none, left out until the files are known. */
  readonly playable?: FileIndex | null;
};
