import type { OriginFault } from '../../model/failure.ts';
import type { Policy } from '../../model/policy.ts';
import type { Sharing } from '../../model/settings.ts';
import type { Finding, TrackerRow } from '../../model/transfer-details.ts';
import type { TransferState } from '../../model/transfer-view.ts';
import type { WebRtcState } from '../../model/web-rtc-state.ts';

/** What is known of one peer. */
export type PeerFacts = {
  readonly isChokingUs: boolean;
  /** It has something that we lack. */
  readonly isInteresting: boolean;
};

/** What is known of one origin. Rates in bytes a second. */
export type OriginFacts = {
  readonly host: string;
  readonly state: 'usable' | 'resting' | 'dropped';
  readonly ignoresRanges: boolean;
  readonly runningRequests: number;
  /** Null before it has sent anything. */
  readonly rateBytesPerS: number | null;
  readonly lastFault: { readonly fault: OriginFault; readonly status: number | null } | null;
  /** Seconds until it may be asked again; 0 when it may be. */
  readonly restsForS: number;
  /** Files that it does not have, or not as the torrent means them. */
  readonly changedFiles: number;
};

export type TrackerFacts = Pick<TrackerRow, 'kind' | 'state' | 'seeds' | 'peers'>;

/** A limit that holds for this transfer, whoever set it. 0: nothing may come. `used`: what counts towards it now. */
export type LimitFacts = {
  readonly limit: Extract<Finding, { code: 'limit-reached' }>['limit'];
  readonly bytesPerS: number;
  readonly usedBytesPerS: number;
};

/** All that a diagnosis is made of: plain data, as of one moment. */
export type Facts = {
  readonly state: TransferState;
  readonly hasMetadata: boolean;
  /** Since this run began; 0 when it does not run. */
  readonly runningForS: number;
  readonly peerBytesPerS: number;
  readonly originBytesPerS: number;
  readonly queue: {
    readonly isWaiting: boolean;
    /** Transfers that go first, and how many may run at a time. */
    readonly ahead: number;
    readonly most: number;
    readonly isAllPaused: boolean;
  };
  readonly browser: { readonly isOnline: boolean; readonly webRtc: WebRtcState };
  readonly sharing: Sharing;
  /** The policy in force. */
  readonly policy: Policy;
  /** The one that is closest to being reached; null when there is none. */
  readonly limit: LimitFacts | null;
  /** What must fit, and what may; null when it cannot be told. */
  readonly space: { readonly freeBytes: number; readonly neededBytes: number } | null;
  readonly peers: readonly PeerFacts[];
  readonly origins: readonly OriginFacts[];
  readonly trackers: readonly TrackerFacts[];
  /** Addresses of the .torrent, which matter until its metadata is known. */
  readonly torrentUrls: number;
  /** Wanted pieces that are not here and that no connected peer has. */
  readonly piecesNobodyHas: number;
  /** Files of the torrent; 0 while they are not known. */
  readonly files: number;
};
