import type { InfoHash, PeerId, PieceIndex } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import type { TrackerError } from '../../model/transfer-details.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

/** How a peer and we stand to each other, and what has passed between us. */
export type PeerStatus = {
  readonly isChokedByUs: boolean;
  /** It has something that we lack, and has been told so; and the other way round. */
  readonly isInteresting: boolean;
  readonly isInterested: boolean;
  /** Payload alone, over the last seconds and in all, also what was of no use. */
  readonly downBytesPerS: number;
  readonly upBytesPerS: number;
  readonly downBytes: number;
  readonly upBytes: number;
  /** Pieces that it has, of all that there are. */
  readonly pieces: number;
};

/** One peer that is connected. Its fields are read anew each time: they change as messages come. */
export type SwarmPeer = {
  readonly id: PeerId;
  /** Name and version of its program, as it or its id says; text from outside. */
  readonly client: string;
  readonly isChoking: boolean;
  /** Requests that it takes at a time (BEP 10 `reqq`). */
  readonly maxRequests: number;
  has(piece: PieceIndex): boolean;
  /** @param pieceCount Pieces of the torrent; 0 while that is not known. */
  status(pieceCount: number): PeerStatus;
  /** Asks for a block; the answer is a `block` or a `refused` event. Offsets and lengths in bytes. */
  request(piece: PieceIndex, offset: number, lengthBytes: number): void;
  cancel(piece: PieceIndex, offset: number, lengthBytes: number): void;
  /** Ends the connection. */
  drop(): void;
};

/** How a tracker stands. Counts are what it said last; null before its first answer. */
export type TrackerStatus = {
  readonly url: string;
  readonly state: 'connecting' | 'working' | 'failing';
  readonly seeds: number | null;
  readonly peers: number | null;
  /** When it last answered an announce, in milliseconds since 1970. */
  readonly answeredAtMs: number | null;
  /** What went wrong since then. */
  readonly error: TrackerError | null;
};

export type SwarmEvents = {
  /** The info dictionary came from a peer (BEP 9) and has the right SHA-1; nothing else about it is checked. */
  metadata(infoBytes: Uint8Array): void;
  peerJoined(peer: SwarmPeer): void;
  /** What the peer has, or whether it chokes us, changed. `piece` when it announced just one. */
  peerChanged(peer: SwarmPeer, piece: PieceIndex | null): void;
  peerLeft(peer: SwarmPeer): void;
  /** A block that was asked for. Its bytes are good only until the call returns: the next block may come in their buffer. */
  block(peer: SwarmPeer, piece: PieceIndex, offset: number, bytes: Uint8Array): void;
  /** A block that was asked for will not come. */
  refused(peer: SwarmPeer, piece: PieceIndex, offset: number): void;
  /** A peer says that it fetches these pieces from an origin now; at most a few thousand, all of them in range. */
  claimed(peer: SwarmPeer, pieces: readonly PieceIndex[]): void;
  /** Bytes of a piece left for a peer. */
  uploaded(bytes: number): void;
  /** Verified bytes, to be uploaded to this peer, as far as it is known. Rejects when they are not there. */
  read(piece: PieceIndex, offset: number, lengthBytes: number, peer?: PeerId | null): Promise<Uint8Array>;
};

export type JoinRequest = {
  readonly infoHash: InfoHash;
  readonly name: string;
  /** WebSocket trackers only. */
  readonly trackers: readonly string[];
  readonly isPrivate: boolean;
};

/** A place in one swarm. */
export type SwarmSession = {
  /** Tells the swarm what the torrent is, and what is here already: one mark a piece, 0 for missing. */
  setInfo(info: TorrentInfo, marks: Uint8Array): void;
  /** A piece is verified and on the disk: tell the others. */
  announce(piece: PieceIndex): void;
  /** Tells all peers that understand it that we fetch these pieces from an origin now. */
  claim(pieces: readonly PieceIndex[]): void;
  /** Whether bytes may be uploaded. False until called. */
  setSharing(isAllowed: boolean): void;
  /** Those that are used: the first few of those that were named. */
  trackers(): readonly TrackerStatus[];
  leave(): Promise<void>;
};

/** What holds for all swarms that we are in. */
export type SwarmSettings = Pick<Settings, 'maxPeers' | 'uploadSlots' | 'stunServers' | 'turnServers'>;

/** What carries peers. */
export type Swarm = {
  /** Takes hold at once, also where we are in a swarm; helping servers for connections that are made from now on. */
  configure(settings: SwarmSettings): void;
  join(request: JoinRequest, events: SwarmEvents): SwarmSession;
};
