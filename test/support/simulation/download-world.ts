import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import type { VerifiedPiece } from '../../../src/engine/store/depot.ts';
import { patienceOf, UNCHOSEN_PATIENCE } from '../../../src/engine/transfer/chosen-patience.ts';
import { Download } from '../../../src/engine/transfer/download.ts';
import { flightHeader } from '../../../src/engine/transfer/flight-entry.ts';
import { type FlightRecorder, recordFlight } from '../../../src/engine/transfer/flight-log.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/model/policy.ts';
import type { WebServer } from './memory-web.ts';
import { type PeerTraits, SimulatedPeer } from './simulated-peer.ts';
import type { SmallTorrent } from './small-torrent.ts';
import { type OpenStore, StoreWorld } from './store-world.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type ServerTraits = Partial<Pick<WebServer, 'latencyMs' | 'rateBytesPerS' | 'answer'>>;

/** As much as can be read back. */
const FLIGHT_CHARS = 7_000_000;

const PATIENCE = patienceOf(UNCHOSEN_PATIENCE);

/**
 * One download with everything around it on a virtual clock. Real: the loop, the scheduler, the whole store with its
 * streams and its hashing. Simulated: the disk, web servers behind `fetch`, and peers behind `SwarmPeer`.
 */
export class DownloadWorld {
  readonly store: StoreWorld;
  readonly #hostLimits: HostLimits;
  readonly torrent: SmallTorrent;
  readonly verified: VerifiedPiece[] = [];
  readonly failures: Failure[] = [];
  policy: Policy = DEFAULT_POLICY;
  /** Whether nobody can be expected in the swarm. */
  isAlone = false;
  readonly #origins: OriginUrl[] = [];
  readonly #peers: SimulatedPeer[] = [];
  #download: Download | null = null;
  #open: OpenStore | null = null;
  /** What was heard and decided since it began. */
  flight: FlightRecorder | null = null;

  /** @param beside A download that shares clock, web and the limits of hosts with this one. */
  constructor(torrent: SmallTorrent, beside?: DownloadWorld) {
    this.torrent = torrent;
    this.#hostLimits = beside === undefined ? new HostLimits() : beside.#hostLimits;
    this.store = beside === undefined ? new StoreWorld() : beside.store;
  }

  get clock(): VirtualClock {
    return this.store.clock;
  }

  get download(): Download {
    if (this.#download === null) throw new Error('the download has not begun');
    return this.#download;
  }

  get wastedBytes(): number {
    return this.#open?.wastedBytes() ?? 0;
  }

  /** A server that has the torrent. To be called before `begin`. */
  origin(host: string, traits: ServerTraits = {}): WebServer {
    this.#origins.push(this.store.serve(this.torrent, host));
    return Object.assign(this.store.web.server(host), traits);
  }

  /** A peer that is there from the start, or joins at once. */
  peer(name: string, traits: PeerTraits = {}): SimulatedPeer {
    const peer = new SimulatedPeer(name, this.torrent, this.clock, traits);
    this.#peers.push(peer);
    if (this.#download !== null) peer.connect(this.#download);
    return peer;
  }

  async begin(seed = 1): Promise<void> {
    const open = await this.store.open(this.torrent.info);
    this.#open = open;
    const { info } = this.torrent;
    const chosen = { policy: this.policy, patience: PATIENCE, seed, origins: this.#origins };
    this.flight = recordFlight(
      flightHeader(info, open.session.marks, { startedAtMs: this.clock.nowMs(), ...chosen }),
      FLIGHT_CHARS,
    );
    const download = new Download({
      info,
      session: open.session,
      clock: this.clock,
      seed,
      origins: this.#origins,
      hostLimits: this.#hostLimits,
      policy: () => this.policy,
      patience: () => PATIENCE,
      playback: () => null,
      isAlone: () => this.isAlone,
      recorder: this.flight,
      claim: () => {},
      onVerified: (pieces) => this.verified.push(...pieces),
      onFailed: (failure) => this.failures.push(failure),
    });
    open.listeners.push((event) => event.type !== 'checked' && event.type !== 'came-aside' && download.hear(event));
    this.#download = download;
    for (const peer of this.#peers) peer.connect(download);
  }

  get isComplete(): boolean {
    return this.#download?.board.left === 0;
  }

  /** Runs until all pieces are verified. Returns the seconds that took, or null when they were not enough. */
  async complete(limitS = 300): Promise<number | null> {
    if (this.#download === null) await this.begin();
    const startedAtMs = this.clock.nowMs();
    const isDone = await this.clock.runUntil(() => this.isComplete || this.failures.length > 0, limitS * 1_000);
    return isDone && this.isComplete ? (this.clock.nowMs() - startedAtMs) / 1_000 : null;
  }

  /** Ends it all and looks whether the disk has every byte of the torrent. */
  async isOnDisk(): Promise<boolean> {
    this.download.stop();
    await this.#open?.close();
    const { info } = this.torrent;
    return info.files.every((file) => {
      if (file.isPadding || file.lengthBytes === 0) return true;
      const content = this.store.disk.contentOf(info.infoHash, `file-${file.index}`);
      return content !== null && Buffer.compare(content, this.torrent.file(file.index)) === 0;
    });
  }
}
