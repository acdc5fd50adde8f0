import type { OriginFault } from './failure.ts';
import type { OriginUrl, PieceIndex } from './ids.ts';

/** What is known of one origin of a running download, for a screen or a log. */
export type OriginHealthView = {
  readonly origin: OriginUrl;
  readonly host: string;
  /** The origin that named it as its mirror; null for one that the torrent or the user named. */
  readonly mirrorOf: OriginUrl | null;
  readonly state: 'usable' | 'resting' | 'dropped';
  /** Seconds until it may be asked again; 0 unless it rests. */
  readonly restsForS: number;
  /** Why it is not asked any more, and the pieces that prove it. */
  readonly dropped: { readonly reason: 'wrong-bytes'; readonly pieces: readonly PieceIndex[] } | null;
  /** Every request gets the whole file. */
  readonly ignoresRanges: boolean;
  readonly runningRequests: number;
  /** Over all its connections; null before it has sent anything. */
  readonly rateBytesPerS: number | null;
  /** Mean distance of the rate of one second from its own mean; null before there were two seconds. */
  readonly rateSpreadBytesPerS: number | null;
  /** Time from request to first byte, smoothed; null before the first. */
  readonly firstByteMs: number | null;
  readonly bestFirstByteMs: number | null;
  /** HTTP requests that were sent, also those that failed. */
  readonly requests: number;
  readonly bytes: number;
  readonly faults: Readonly<Partial<Record<OriginFault, number>>>;
};
