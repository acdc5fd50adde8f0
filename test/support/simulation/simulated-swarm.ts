import type {
  JoinRequest,
  Swarm,
  SwarmEvents,
  SwarmSession,
  SwarmSettings,
  TrackerStatus,
} from '../../../src/engine/swarm/swarm.ts';
import type { TorrentInfo } from '../../../src/engine/torrent/torrent-description.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import type { SimulatedPeer } from './simulated-peer.ts';

/** One stay in a swarm, with everything that the engine said there. */
export class SimulatedSwarmSession implements SwarmSession {
  readonly request: JoinRequest;
  readonly events: SwarmEvents;
  info: TorrentInfo | null = null;
  /** What it was told to be here when it was told what the torrent is: one mark a piece. */
  marks: Uint8Array = new Uint8Array();
  announced: number[] = [];
  claimed: number[] = [];
  isSharing = false;
  hasLeft = false;
  readonly #swarm: SimulatedSwarm;

  constructor(swarm: SimulatedSwarm, request: JoinRequest, events: SwarmEvents) {
    this.#swarm = swarm;
    this.request = request;
    this.events = events;
  }

  setInfo(info: TorrentInfo, marks: Uint8Array): void {
    if (marks.length !== info.pieceCount) throw new RangeError('one mark a piece');
    this.info = info;
    this.marks = marks;
  }

  announce(piece: PieceIndex): void {
    this.announced.push(piece);
  }

  claim(pieces: readonly PieceIndex[]): void {
    this.claimed.push(...pieces);
  }

  setSharing(isAllowed: boolean): void {
    this.isSharing = isAllowed;
  }

  trackers(): readonly TrackerStatus[] {
    return this.request.trackers.map((url) => ({
      url,
      state: 'working',
      seeds: 1,
      peers: 1,
      answeredAtMs: null,
      error: null,
    }));
  }

  async leave(): Promise<void> {
    if (this.hasLeft) return;
    this.hasLeft = true;
    for (const peer of this.#swarm.peersOf(this.request.infoHash)) peer.drop();
  }
}

/** Swarms in memory: whoever joins one meets its peers at once, and is sent the metadata when they may send it. */
export class SimulatedSwarm implements Swarm {
  readonly sessions: SimulatedSwarmSession[] = [];
  /** What was said last to hold for all. */
  settings: SwarmSettings | null = null;
  readonly #peers = new Map<string, SimulatedPeer[]>();
  readonly #metadata = new Map<string, Uint8Array>();

  /** Puts a peer into a swarm; whoever is in it meets it at once. */
  add(infoHash: string, peer: SimulatedPeer): void {
    this.#peers.set(infoHash, [...this.peersOf(infoHash), peer]);
    const session = this.current(infoHash);
    if (session !== null) peer.connect(session.events);
  }

  /** Ends every connection and every stay, as the end of a process does. */
  endAll(): void {
    for (const session of this.sessions) session.hasLeft = true;
    for (const peers of this.#peers.values()) for (const peer of peers) peer.drop();
  }

  /** Lets the peers of a swarm send the info dictionary. */
  knows(infoHash: string, infoBytes: Uint8Array): void {
    this.#metadata.set(infoHash, infoBytes);
    this.current(infoHash)?.events.metadata(infoBytes.slice());
  }

  peersOf(infoHash: string): readonly SimulatedPeer[] {
    return this.#peers.get(infoHash) ?? [];
  }

  /** The engine's place in a swarm now; null when it is in none. */
  current(infoHash: string): SimulatedSwarmSession | null {
    return this.sessions.find(({ request, hasLeft }) => request.infoHash === infoHash && !hasLeft) ?? null;
  }

  configure(settings: SwarmSettings): void {
    this.settings = settings;
  }

  join(request: JoinRequest, events: SwarmEvents): SwarmSession {
    if (this.current(request.infoHash) !== null) throw new Error('joined twice');
    const session = new SimulatedSwarmSession(this, request, events);
    this.sessions.push(session);
    const infoBytes = this.#metadata.get(request.infoHash);
    queueMicrotask(() => {
      if (session.hasLeft) return;
      if (infoBytes !== undefined) events.metadata(infoBytes.slice());
      for (const peer of this.peersOf(request.infoHash)) peer.connect(events);
    });
    return session;
  }
}
