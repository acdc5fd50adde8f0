import type { Failure, OriginFault } from '../../model/failure.ts';
import type { FileIndex, InfoHash, OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { WasteReason } from '../../model/ledger.ts';
import type { FileSpans } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

/** Who delivered bytes. */
export type Source =
  | { readonly kind: 'peer'; readonly peer: PeerId }
  | { readonly kind: 'origin'; readonly origin: OriginUrl };

/** Counts the range runs of one session. */
export type RunId = number;

/** A stretch of the torrent that one origin is asked to stream. It begins with a block and ends after one. */
export type RunRequest = {
  readonly run: RunId;
  readonly origin: OriginUrl;
  readonly startByte: number;
  /** First byte that is not part of the run. */
  readonly endByte: number;
  /** The origin answers ranges with the whole file: read it from its start and skip. */
  readonly fromFileStart: boolean;
  /** The host answers few requests at a time: the next file is asked for only when the current one has ended. */
  readonly oneAtATime?: boolean;
};

/** How a run ended. `positionByte` is the first byte of the torrent that it did not stream. */
export type RunEnd = {
  readonly run: RunId;
  readonly positionByte: number;
  readonly end:
    | { readonly type: 'finished' }
    | { readonly type: 'stopped' }
    | {
        readonly type: 'fault';
        readonly fault: OriginFault;
        readonly status: number | null;
        readonly retryAfterS: number | null;
        /** Who answered so, after redirects (`URL.host`); null when nobody did. */
        readonly host?: string | null;
      };
};

/** Bytes of one piece by who delivered them. */
export type BytesFrom = { readonly source: Source; readonly bytes: number };

/** A piece that is verified, written, flushed and journalled: it will be here after a crash. */
export type VerifiedPiece = {
  readonly piece: PieceIndex;
  readonly mark: number;
  /** Adds up to the whole piece; empty for one that was found in the store. */
  readonly from: readonly BytesFrom[];
};

/** A file that a whole-file hash may vouch for, though some of its pieces cannot be verified. */
export type VouchRequest = {
  readonly file: FileIndex;
  /** Who is asked for the file's own bytes of those pieces; null when they may be in the store already. */
  readonly origin: OriginUrl | null;
  /** The origin answers ranges with the whole file. */
  readonly fromFileStart: boolean;
  /** No hash is known: the digest that this origin gives of the file may vouch for it (transfer/own-digest.ts). */
  readonly byItsDigest?: boolean;
};

/** Kept an origin from sending a file that is to be vouched for. Time may mend it. */
export type VouchAccident = {
  readonly fault: OriginFault;
  readonly retryAfterS: number | null;
  /** Who answered after redirects (`URL.host`); null when nobody did. */
  readonly host: string | null;
};

/** What the store tells while a session is open. */
export type DepotEvent =
  | { readonly type: 'verified'; readonly pieces: readonly VerifiedPiece[] }
  /** Bytes arrived for a run since the last report; `position` is the torrent offset that its stream has reached. */
  | {
      readonly type: 'run-progress';
      readonly run: RunId;
      readonly bytes: number;
      readonly position: number;
      readonly firstByteMs: number | null;
    }
  /** A run is being answered by this host (`URL.host`), which is another than the origin's after a redirect. */
  | { readonly type: 'run-answered'; readonly run: RunId; readonly host: string }
  /** A request of a run goes out to this origin, or to where it redirects. */
  | { readonly type: 'origin-requested'; readonly origin: OriginUrl }
  /** An origin names addresses of the same file (RFC 6249). Nothing vouches for them. */
  | { readonly type: 'mirrors-named'; readonly origin: OriginUrl; readonly mirrors: readonly OriginUrl[] }
  | ({ readonly type: 'run-ended' } & RunEnd)
  /** These pieces were hashed again on the disk (`DepotSession.check`); their marks say what was found. */
  | { readonly type: 'checked'; readonly pieces: readonly VerifiedPiece[] }
  /** A whole piece did not match its hash and was thrown away. One source: it lied. Several: one of them did. */
  | { readonly type: 'piece-failed'; readonly piece: PieceIndex; readonly sources: readonly Source[] }
  /** A piece that failed before is verified now, and these sources had sent other bytes for it. */
  | { readonly type: 'liars-found'; readonly piece: PieceIndex; readonly sources: readonly Source[] }
  /** Bytes that arrived for nothing; those of a piece that failed its hash are told by `piece-failed`. */
  | { readonly type: 'wasted'; readonly bytes: number; readonly reason: WasteReason }
  /**
   * Bytes of an origin that are none of the stream of a run: answers that cannot be used, what came besides or beyond
   * the asked bytes, and files that are to be vouched for.
   */
  | {
      readonly type: 'came-aside';
      readonly origin: OriginUrl;
      readonly bytes: number;
      readonly as: 'vouched' | WasteReason;
    }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What the store tells a download: it is looked through before one begins, and what comes aside is no work of it. */
export type WorkEvent = Exclude<DepotEvent, { readonly type: 'checked' | 'came-aside' }>;

/** One torrent's place in the store, open for work. */
export type DepotSession = {
  /** One mark a piece (journal.ts), as it was when the session opened or was checked last. */
  readonly marks: Uint8Array;
  /**
   * Believes no mark: hashes everything that the files may hold, tells `checked` as it goes, and resolves to the marks
   * that are true. To be called before anything else is asked of the session; closing stops it, and it rejects then.
   */
  check(): Promise<Uint8Array>;
  /** Takes one whole block from a peer. Its bytes are copied: the caller may use their buffer again. */
  putBlock(piece: PieceIndex, block: number, bytes: Uint8Array, peer: PeerId): void;
  /** Forgets the blocks of a piece that is being put together. */
  dropPiece(piece: PieceIndex): void;
  startRun(request: RunRequest): void;
  /** Lets a run end before `endByte`, when somebody else takes the rest. */
  shortenRun(run: RunId, endByte: number): void;
  stopRun(run: RunId): void;
  /** Holds all runs together to so many bytes a second; null: as fast as they come. */
  setRunRate(bytesPerS: number | null): void;
  /** Somebody waits for these pieces, and no longer for others: they are flushed and told as soon as they are written. */
  hasten(pieces: readonly PieceIndex[]): void;
  /** Reads verified bytes, to upload them. */
  read(piece: PieceIndex, offset: number, lengthBytes: number): Promise<Uint8Array>;
  /**
   * Whether a file is whole by its whole-file hash, once its missing bytes were fetched; if so, they are on the disk.
   * Its pieces stay unverified: they are neither marked nor served. It is not known when the origin met an accident.
   * Rejects when the disk fails.
   */
  vouch(request: VouchRequest): Promise<boolean | VouchAccident>;
  /** Stops all runs, flushes, and lets go of the files. */
  close(): Promise<void>;
};

/** A directory of the store: its name, mostly an info hash, and the bytes of its files. */
export type StoredPlace = { readonly name: string; readonly bytes: number };

/** The store, as the engine sees it: it lives in a Worker that fetches, hashes and writes (design: bytes stay there). */
export type Depot = {
  /**
   * Opens a torrent's directory; on return `marks` are true: sizes fit, or doubtful pieces were hashed again.
   * @param skipped Files that are not wanted: they are not made.
   */
  open(info: TorrentInfo, onEvent: (event: DepotEvent) => void, skipped?: FileSpans): Promise<DepotSession>;
  /** Deletes everything of a torrent. */
  remove(infoHash: InfoHash): Promise<void>;
  /** Bytes that the browser would still let us write. */
  freeBytes(): Promise<number>;
  /** Every directory of the store, also those of no transfer that anybody knows. */
  places(): Promise<readonly StoredPlace[]>;
};
