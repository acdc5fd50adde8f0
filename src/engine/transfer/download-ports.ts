import type { Failure } from '../../model/failure.ts';
import type { OriginUrl, PieceIndex } from '../../model/ids.ts';
import type { Patience, Policy } from '../../model/policy.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import type { Clock } from '../ports.ts';
import type { DepotSession, VerifiedPiece } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { FlightRecorder } from './flight-log.ts';

/** What a download is given by the transfer that runs it. */
export type DownloadPorts = {
  readonly info: TorrentInfo;
  readonly session: DepotSession;
  readonly clock: Clock;
  readonly seed: number;
  /** When each piece is wanted (file-choice.ts); all now when it is left out. */
  readonly wanted?: Uint8Array;
  readonly origins: readonly OriginUrl[];
  /** Shared by all downloads of an engine. */
  readonly hostLimits: HostLimits;
  /** Asked anew for every plan: the user may change it while the download runs. */
  readonly policy: () => Policy;
  /** How long "spare-origin" may wait. Asked anew, too. */
  readonly patience: () => Patience;
  /** Where a player stands, or null while nothing is played. */
  readonly playback: () => Playback | null;
  /** Whether nobody can be expected in the swarm, as far as is known; false when it is left out. Asked anew, too. */
  readonly isAlone?: () => boolean;
  /** Writes down what is heard and decided. */
  readonly recorder?: FlightRecorder;
  /** Bytes of a peer came that were here already. */
  readonly onDuplicate?: (bytes: number) => void;
  /** Tells the neighbours that these pieces are being fetched from an origin: nobody else need fetch them there. */
  readonly claim: (pieces: readonly PieceIndex[]) => void;
  /** Pieces are safe on the disk. */
  readonly onVerified: (pieces: readonly VerifiedPiece[]) => void;
  /** The store cannot go on. */
  readonly onFailed: (failure: Failure) => void;
};

/** A player that plays from `positionByte` of the torrent on, at this rate. */
export type Playback = {
  readonly positionByte: number;
  readonly bytesPerS: number;
  /** It stands there until so many bytes from there on are ready; not given: it plays, or nobody knows. */
  readonly waitsForBytes?: number;
};

export const isSamePlayback = (one: Playback | null, other: Playback | null): boolean =>
  one?.positionByte === other?.positionByte &&
  one?.bytesPerS === other?.bytesPerS &&
  one?.waitsForBytes === other?.waitsForBytes;
