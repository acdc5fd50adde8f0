import type { InfoHash } from '../model/ids.ts';
import type { Shards } from './tracker-shard.ts';

/** A file as it was read and hashed. */
export type HashedFile = {
  /** Folders and name below the published folder, as they are on disk. */
  readonly path: readonly string[];
  readonly sizeBytes: number;
  /** When it was changed last, in ms since 1970. */
  readonly modifiedAtMs: number;
  /** SHA-256 of the whole file, 32 bytes. */
  readonly sha256: Uint8Array;
  readonly pieceLengthBytes: number;
  /** SHA-1 of every piece in order, 20 bytes each (BEP 3). */
  readonly pieceHashes: Uint8Array;
};

/** Where the published folder can be had, and what visitors' extensions are told. */
export type Site = {
  /** Address of the folder, as `readFolderUrl` gives it. */
  readonly baseUrl: string;
  /** Addresses of the same folder elsewhere, the preferred first. */
  readonly mirrorUrls: readonly string[];
  /** As given; each torrent gets its own shard of them. */
  readonly trackers: readonly string[];
  readonly shards: Shards;
  /** Value of `data-rivulet-policy`; null for what visitors have chosen. */
  readonly policy: string | null;
  /** Value of `data-rivulet-report`; null for none. */
  readonly reportUrl: string | null;
};

/** One published file and all that is made of it: what the writers of this folder write down, each in its form. */
export type Publication = {
  readonly file: HashedFile;
  /** The last part of the path. */
  readonly name: string;
  /** MIME type by the name's ending. */
  readonly mediaType: string;
  readonly url: string;
  readonly mirrorUrls: readonly string[];
  /** Address of the .torrent, which lies beside the file. */
  readonly torrentUrl: string;
  /** Address of the .meta4, which lies beside the file. */
  readonly metalinkUrl: string;
  /** Trackers of this very torrent, with the shard in their paths. */
  readonly trackers: readonly string[];
  readonly infoHash: InfoHash;
  /** The .torrent file. */
  readonly torrentBytes: Uint8Array;
};

export const TORRENT_SUFFIX = '.torrent';
export const METALINK_SUFFIX = '.meta4';
