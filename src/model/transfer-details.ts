import type { Failure, OriginFault } from './failure.ts';
import type { PieceIndex } from './ids.ts';
import type { WastedBytes } from './ledger.ts';
import type { OriginHealthView } from './origin-health-view.ts';
import type { PieceRuns } from './player.ts';
import type { BytesBySource } from './transfer-view.ts';

/** What an open detail view may ask for. Each is made only when it is asked for. */
export const DETAIL_PARTS = ['sources', 'pieces', 'speeds', 'log', 'ledger', 'diagnosis'] as const;
export type DetailPart = (typeof DETAIL_PARTS)[number];

/** One connected peer. */
export type PeerRow = {
  /** Unlike any other peer of the transfer; stays as long as the connection. */
  readonly id: string;
  /** Program and version as the peer says; text from outside. */
  readonly client: string;
  /** Share of the pieces that it has, 0 to 1. */
  readonly has: number;
  /** It gives us nothing now; we give it nothing now. */
  readonly isChokingUs: boolean;
  readonly isChokedByUs: boolean;
  /** It has something that we lack; we have something that it wants. */
  readonly isInteresting: boolean;
  readonly isInterested: boolean;
  readonly downBytesPerS: number;
  readonly upBytesPerS: number;
  readonly downBytes: number;
  readonly upBytes: number;
  /** Blocks that it owes us. */
  readonly owedBlocks: number;
  /** Null before it was measured, and while nothing is downloaded. */
  readonly roundTripMs: number | null;
  /** Its pieces failed their hash so often. */
  readonly lies: number;
};

/** What went wrong with a tracker last. */
export type TrackerError =
  /** Its own words: text from outside, cleaned and shortened. */
  | { readonly code: 'said'; readonly text: string }
  | { readonly code: 'status'; readonly status: number }
  | { readonly code: 'unreachable' | 'unreadable' }
  /** Its address has no place to ask for counts (BEP 48), so it is not asked. */
  | { readonly code: 'no-scrape' };

/** One tracker, also one that a browser cannot speak to. */
export type TrackerRow = {
  readonly url: string;
  readonly kind: 'websocket' | 'http' | 'udp' | 'other';
  /**
   * `counts-only`: an HTTP tracker that has answered; it tells how many there are, but cannot bring browsers together.
   * `not-in-browsers`: its protocol cannot be spoken here, or, for HTTP, it has not answered. `spare`: more trackers are
   * named than are used at a time. `off`: the transfer is in no swarm now.
   */
  readonly state: 'connecting' | 'working' | 'failing' | 'counts-only' | 'not-in-browsers' | 'spare' | 'off';
  /** What it, or for HTTP its scrape (BEP 48), said last; null before. */
  readonly seeds: number | null;
  readonly peers: number | null;
  readonly lastAnswerAtMs: number | null;
  /** Null when nothing did since it last answered. */
  readonly lastError: TrackerError | null;
  /** One of those that the user has added to all torrents (`Settings.extraTrackers`). */
  readonly isAdded: boolean;
};

/** An origin with what is known of it; one that was not asked yet has only its address. */
export type OriginRow = {
  readonly origin: string;
  readonly host: string;
  readonly health: OriginHealthView | null;
  /** The fault of its last answer, until it delivers again. */
  readonly lastFault: { readonly fault: OriginFault; readonly status: number | null } | null;
  /** Files that it does not have, or not as the torrent means them. */
  readonly changedFiles: number;
};

export type SourcesDetail = {
  readonly peers: readonly PeerRow[];
  readonly origins: readonly OriginRow[];
  readonly trackers: readonly TrackerRow[];
};

export type PiecesDetail = {
  readonly count: number;
  readonly lengthBytes: number;
  readonly runs: PieceRuns;
  /** Smallest number of connected peers that have a piece we lack; null when none is missing. */
  readonly rarestCopies: number | null;
};

/** Speeds over time, oldest first, one sample each `everyS` seconds, the last ending at `untilMs`. Bytes a second. */
export type SpeedSeries = {
  readonly untilMs: number;
  readonly everyS: number;
  readonly fromPeers: readonly number[];
  readonly fromOrigins: readonly number[];
  readonly uploaded: readonly number[];
};

/** Of this run only: nothing is kept of a transfer that does not run. Lists are as long as there is something to tell. */
export type SpeedsDetail = {
  /** Each second of the last ten minutes. */
  readonly recent: SpeedSeries;
  /** Each minute of the last day. */
  readonly day: SpeedSeries;
};

/** One thing that happened, in order; words are made of it by screens. */
export type LogEntry = { readonly atMs: number } & (
  | {
      readonly what: 'added' | 'metadata' | 'started' | 'paused' | 'resumed' | 'checked' | 'verified' | 'saved';
    }
  | { readonly what: 'failed'; readonly code: Failure['code'] }
  | {
      readonly what: 'origin-fault';
      readonly host: string;
      readonly fault: OriginFault;
      readonly status: number | null;
    }
  | { readonly what: 'origin-dropped' | 'origin-lied'; readonly host: string }
  /** `peer` is the id of its row; `name` its program and the first letters of that id. */
  | { readonly what: 'peer-joined' | 'peer-left' | 'peer-lied'; readonly peer: string; readonly name: string }
  | { readonly what: 'piece-failed'; readonly piece: PieceIndex }
  | { readonly what: 'tracker-failing' | 'tracker-working'; readonly host: string }
  /** So many files cannot be had whole. */
  | { readonly what: 'files-lost'; readonly files: number }
);

/** The whole ledger of a transfer, for a table and for export. */
export type LedgerDetail = {
  /** With `vouchedBytes` among those of origins. */
  readonly verified: BytesBySource;
  /** Bytes of origins that only a hash of the whole file vouches for: of pieces that cannot be verified. */
  readonly vouchedBytes: number;
  readonly offload: number;
  readonly hosts: readonly { readonly host: string; readonly bytes: number }[];
  readonly peers: readonly { readonly name: string; readonly bytes: number }[];
  /** Bytes of hosts and peers beyond those that are kept by name. */
  readonly otherHostsBytes: number;
  readonly otherPeersBytes: number;
  readonly uploadedBytes: number;
  readonly wastedBytes: WastedBytes;
};

/** Why a transfer does not move or is slow. Codes with the numbers that their words need; the worst first. */
export type Finding =
  /** Nothing is wrong, and this is what bounds its speed, if that can be told. */
  | { readonly code: 'all-well'; readonly boundBy: 'origin' | 'peers' | 'limit' | 'unknown' }
  | { readonly code: 'done' | 'paused-by-user' | 'all-paused' | 'waits-for-choice' | 'checking' | 'saving' }
  | { readonly code: 'queued'; readonly ahead: number; readonly most: number }
  | { readonly code: 'failed'; readonly failureCode: Failure['code'] }
  /** Trackers of other programs count seeds, and those of browsers do not: they cannot be reached from here. */
  | { readonly code: 'seeds-without-webrtc'; readonly seeds: number }
  /** A tracker of browsers counts seeds, and no connection to any of them comes about. */
  | { readonly code: 'seeds-unreachable'; readonly seeds: number }
  /** Of those that bring browsers together. */
  | { readonly code: 'trackers-dead'; readonly dead: number; readonly of: number }
  | { readonly code: 'no-browser-trackers'; readonly udp: number; readonly http: number }
  | { readonly code: 'no-sources' }
  | { readonly code: 'nobody-there' }
  /** Nothing comes yet, and nothing is known to be wrong. */
  | { readonly code: 'looking' }
  | { readonly code: 'metadata-missing' }
  /** Peers have what is missing, and none of them gives. */
  | { readonly code: 'peers-choke'; readonly peers: number }
  /** Peers are connected, and nothing comes from any of them. */
  | { readonly code: 'peers-silent'; readonly peers: number }
  /** Missing pieces that nobody who is connected has. */
  | { readonly code: 'peers-lack-pieces'; readonly pieces: number }
  /** `why`: the browser has no WebRTC at all, or it finds no way out of this computer. */
  | { readonly code: 'webrtc-blocked'; readonly why: 'missing' | 'no-way-out' }
  | { readonly code: 'offline' }
  /** The user does not share, and peers give first to those who do. */
  | { readonly code: 'download-only' }
  | { readonly code: 'disk-nearly-full'; readonly freeBytes: number; readonly neededBytes: number }
  | {
      readonly code: 'limit-reached';
      readonly limit: 'download' | 'transfer' | 'schedule' | 'quiet' | 'metered';
      readonly bytesPerS: number;
    }
  /** Origins could bring more, and the policy waits for peers. */
  | { readonly code: 'policy-waits'; readonly policy: 'spare-origin' | 'balanced' }
  | { readonly code: 'policy-rules-out'; readonly off: 'peers' | 'origins' }
  | { readonly code: 'origin-ignores-ranges'; readonly host: string }
  | {
      readonly code: 'origin-fault';
      readonly host: string;
      readonly fault: OriginFault;
      readonly status: number | null;
      readonly retryInS: number | null;
    }
  | { readonly code: 'origin-slow'; readonly host: string; readonly bytesPerS: number }
  | { readonly code: 'origin-dropped'; readonly host: string }
  | { readonly code: 'files-changed'; readonly affected: number; readonly of: number; readonly host: string | null };

/** What was asked for; other members are left out. Null members cannot be told now. */
export type TransferDetails = {
  readonly sources?: SourcesDetail;
  readonly pieces?: PiecesDetail | null;
  readonly speeds?: SpeedsDetail;
  readonly log?: readonly LogEntry[];
  readonly ledger?: LedgerDetail;
  readonly diagnosis?: readonly Finding[];
};
