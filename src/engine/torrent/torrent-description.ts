import type { FileIndex, InfoHash, OriginUrl } from '../../model/ids.ts';
import type { HashesOfFile, WholeHash } from './whole-hashes.ts';

/** One file of a torrent. Files lie end to end in torrent order, so a file is a span of the torrent's bytes (BEP 3). */
export type TorrentFile = {
  readonly index: FileIndex;
  /**
   * Folders and file name as the torrent spells them: text, not a safe path. The name of a multi-file torrent is not
   * part of it; a single-file torrent has its name here.
   */
  readonly path: readonly string[];
  readonly lengthBytes: number;
  /** Where the file begins, counted from the start of the torrent. */
  readonly startByte: number;
  /**
   * Never asked of an origin, saved or shown: padding whose bytes are zeros, or a symbolic link, which has no bytes
   * (BEP 47).
   */
  readonly isPadding: boolean;
  /** Hashes of the whole file, the strongest first; left out when none are known. */
  readonly wholeHashes?: readonly WholeHash[];
};

/** What the info dictionary says, checked: the numbers agree with each other and are within bounds. */
export type TorrentInfo = {
  readonly infoHash: InfoHash;
  /** The suggested file or folder name, as the torrent spells it; the info hash when it has none. */
  readonly name: string;
  readonly pieceLengthBytes: number;
  readonly lengthBytes: number;
  readonly pieceCount: number;
  /** SHA-1 of every piece in order, 20 bytes each. */
  readonly pieceHashes: Uint8Array;
  readonly files: readonly TorrentFile[];
  /** Whether `name` is a folder. A multi-file torrent may have one file only. */
  readonly isMultiFile: boolean;
  /** Peers may come from the torrent's own trackers only (BEP 27). */
  readonly isPrivate: boolean;
  /** The bencoded info dictionary exactly as it was received; its SHA-1 is `infoHash`. */
  readonly infoBytes: Uint8Array;
};

/** Where a torrent or magnet says that pieces can be had. */
export type SourceList = {
  /** `ws`, `wss`, `http`, `https` and `udp` URLs as given, each once, tiers in order (BEP 12). */
  readonly trackers: readonly string[];
  /** HTTP sources (BEP 19): `url-list`, or a magnet's `ws=` and `as=`. */
  readonly origins: readonly OriginUrl[];
};

/** A .torrent file, with what the Metalink that led to it says of its files. */
export type MetaInfo = {
  readonly info: TorrentInfo;
  readonly sources: SourceList;
  readonly fileHashes?: readonly HashesOfFile[];
};

/** A magnet link. */
export type MagnetLink = {
  readonly infoHash: InfoHash;
  /** What the link calls it (`dn`); nothing vouches for it. */
  readonly name: string | null;
  /** Total length by the link's word (`xl`). */
  readonly lengthBytes: number | null;
  readonly sources: SourceList;
  /** Where the .torrent itself can be fetched: `xs=`, and `as=` that ends in `.torrent` or as Metalinks do. */
  readonly torrentUrls: readonly string[];
  /** Indices of the only files to download (`so=`, BEP 53), ascending, perhaps beyond the last file; null for all. */
  readonly selectedFiles: readonly number[] | null;
};
