import type { PeerId, PieceIndex } from '../../model/ids.ts';
import type { JoinRequest, Swarm, SwarmEvents, SwarmPeer, SwarmSession, TrackerStatus } from '../swarm/swarm.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { nameOfPeer } from './peer-name.ts';

/** Peers that left and are still known by name: their last blocks may be in pieces that are not verified yet. */
const MAX_LEFT = 1_000;

export type SwarmPlaceOptions = {
  readonly swarm: Swarm;
  readonly events: SwarmEvents;
  readonly mayShare: () => boolean;
};

/**
 * A transfer's place in its swarm, which it may leave and take again: whoever joins later is told the same as if it had
 * stayed.
 */
export class SwarmPlace {
  readonly peers = new Set<SwarmPeer>();
  readonly #options: SwarmPlaceOptions;
  readonly #names = new Map<PeerId, string>();
  #session: SwarmSession | null = null;
  #isLeaving = false;
  #leaving: Promise<void> = Promise.resolve();
  #wanted: JoinRequest | null = null;
  #known: { readonly info: TorrentInfo; readonly marks: Uint8Array } | null = null;

  constructor(options: SwarmPlaceOptions) {
    this.#options = options;
  }

  get isIn(): boolean {
    return this.#session !== null;
  }

  /** Whether nobody can be expected here: we are not in the swarm, or every tracker has failed or knows of nobody else. */
  get isAlone(): boolean {
    if (this.peers.size > 0) return false;
    return (this.#session?.trackers() ?? []).every(
      ({ state, seeds, peers }) => state === 'failing' || (state === 'working' && (seeds ?? 0) + (peers ?? 0) <= 1),
    );
  }

  /** Takes the place, at once or when the last leave has ended; does nothing in it. */
  join(request: JoinRequest): void {
    if (this.#wanted !== null) return;
    this.#wanted = request;
    if (!this.#isLeaving) return this.#takePlace();
    void this.#leaving.then(() => this.#takePlace());
  }

  /** Those that it is at, or is about to join. */
  get trackerUrls(): readonly string[] {
    return this.#wanted?.trackers ?? [];
  }

  /** Ends every connection. */
  leave(): Promise<void> {
    this.#wanted = null;
    const session = this.#session;
    this.#session = null;
    if (session === null) return this.#leaving;
    for (const peer of [...this.peers]) this.#left(peer); // said at once: the connections may take a while to end
    this.#isLeaving = true;
    this.#leaving = session.leave().finally(() => {
      this.#isLeaving = false;
    });
    return this.#leaving;
  }

  /** What the torrent is and what is here of it: one mark a piece. */
  setInfo(info: TorrentInfo, marks: Uint8Array): void {
    this.#known = { info, marks: marks.slice() };
    this.#session?.setInfo(info, marks);
  }

  /** A piece is verified and on the disk. */
  announce(piece: PieceIndex, mark: number): void {
    if (this.#known !== null) this.#known.marks[piece] = mark;
    this.#session?.announce(piece);
  }

  claim(pieces: readonly PieceIndex[]): void {
    this.#session?.claim(pieces);
  }

  sharingChanged(): void {
    this.#session?.setSharing(this.#options.mayShare());
  }

  trackers(): readonly TrackerStatus[] {
    return this.#session?.trackers() ?? [];
  }

  /** What the ledger calls a peer that is or was connected. */
  nameOf(id: PeerId): string {
    const peer = [...this.peers].find((candidate) => candidate.id === id);
    return peer === undefined ? (this.#names.get(id) ?? nameOfPeer('', id)) : nameOfPeer(peer.client, id);
  }

  #takePlace(): void {
    const { swarm, events, mayShare } = this.#options;
    if (this.#wanted === null || this.#session !== null) return;
    this.#session = swarm.join(this.#wanted, {
      ...events,
      peerJoined: (peer) => {
        this.peers.add(peer);
        events.peerJoined(peer);
      },
      peerLeft: (peer) => this.#left(peer),
    });
    if (this.#known !== null) this.#session.setInfo(this.#known.info, this.#known.marks.slice());
    this.#session.setSharing(mayShare());
  }

  #left(peer: SwarmPeer): void {
    if (!this.peers.delete(peer)) return;
    this.#names.set(peer.id, nameOfPeer(peer.client, peer.id));
    const [oldest] = this.#names.keys();
    if (this.#names.size > MAX_LEFT && oldest !== undefined) this.#names.delete(oldest);
    this.#options.events.peerLeft(peer);
  }
}
