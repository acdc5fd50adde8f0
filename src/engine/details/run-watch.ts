import type { OriginFault } from '../../model/failure.ts';
import type { PeerId } from '../../model/ids.ts';
import type { DepotEvent, Source } from '../store/depot.ts';
import type { SwarmPeer, TrackerStatus } from '../swarm/swarm.ts';
import { nameOfPeer } from '../transfer/peer-name.ts';
import type { TransferRun } from '../transfer/transfer-run.ts';
import type { LogEvent } from './event-log.ts';
import { SpeedHistory } from './speed-history.ts';

/** Trackers are looked at so often, in samples of the speeds. */
const SAMPLES_PER_TRACKER_LOOK = 5;

export type WriteEvent = (event: LogEvent, atMs: number) => void;

type SeenOrigin = { readonly faults: number; readonly isDropped: boolean; readonly lies: number };

/**
 * Follows one run from outside: samples its speeds, and writes down what happens to its sources. What cannot be heard is
 * seen by looking once a second, so a source that fails a hundred times in that second is one entry.
 */
export class RunWatch {
  readonly speeds: SpeedHistory;
  readonly #run: TransferRun;
  readonly #write: WriteEvent;
  /** Peers that have not said yet what program they are; with when they came. */
  readonly #arrived = new Map<SwarmPeer, number>();
  readonly #names = new Map<PeerId, string>();
  readonly #origins = new Map<string, SeenOrigin>();
  readonly #trackers = new Map<string, TrackerStatus['state']>();
  #samples = 0;
  #filesLost = 0;

  constructor(run: TransferRun, write: WriteEvent, nowMs: number) {
    this.#run = run;
    this.#write = write;
    this.speeds = new SpeedHistory(nowMs);
  }

  /** Once a second. */
  look(nowMs: number): void {
    const download = this.#run.activeDownload;
    this.speeds.sample(
      {
        fromPeers: download?.peerRate.totalBytes ?? 0,
        fromOrigins: download?.originRate.totalBytes ?? 0,
        uploaded: this.#run.uploadRate.totalBytes,
      },
      nowMs,
    );
    for (const [peer, atMs] of this.#arrived) this.#introduce(peer, atMs);
    this.#samples += 1;
    if (download === null) return;
    this.#lookAtOrigins(nowMs);
    this.#lookAtFiles(nowMs);
    if (this.#samples % SAMPLES_PER_TRACKER_LOOK === 0) this.#lookAtTrackers(nowMs);
  }

  peerJoined(peer: SwarmPeer, nowMs: number): void {
    this.#arrived.set(peer, nowMs);
  }

  peerLeft(peer: SwarmPeer, nowMs: number): void {
    const arrivedAtMs = this.#arrived.get(peer);
    if (arrivedAtMs !== undefined) this.#introduce(peer, arrivedAtMs);
    this.#write({ what: 'peer-left', peer: peer.id, name: this.#nameOf(peer.id) }, nowMs);
    this.#names.delete(peer.id);
  }

  /** What the store tells. */
  heard(event: DepotEvent, nowMs: number): void {
    if (event.type === 'piece-failed') {
      this.#write({ what: 'piece-failed', piece: event.piece }, nowMs);
      // With several sources nobody is proven to have lied.
      if (event.sources.length === 1) this.#lied(event.sources, nowMs);
    } else if (event.type === 'liars-found') this.#lied(event.sources, nowMs);
  }

  #lied(sources: readonly Source[], nowMs: number): void {
    for (const source of sources) {
      if (source.kind === 'peer') {
        this.#write({ what: 'peer-lied', peer: source.peer, name: this.#nameOf(source.peer) }, nowMs);
      } else this.#write({ what: 'origin-lied', host: new URL(source.origin).host }, nowMs);
    }
  }

  #introduce(peer: SwarmPeer, arrivedAtMs: number): void {
    this.#arrived.delete(peer);
    const name = nameOfPeer(peer.client, peer.id);
    this.#names.set(peer.id, name);
    this.#write({ what: 'peer-joined', peer: peer.id, name }, arrivedAtMs);
  }

  #nameOf(id: PeerId): string {
    return this.#names.get(id) ?? nameOfPeer('', id);
  }

  #lookAtOrigins(nowMs: number): void {
    for (const desk of this.#run.activeDownload?.origins ?? []) {
      const { faults: byKind } = desk.healthView(nowMs);
      const faults = Object.values(byKind).reduce((sum, count) => sum + count, 0);
      const seen = this.#origins.get(desk.origin) ?? { faults: 0, isDropped: false, lies: 0 };
      if (faults > seen.faults) {
        const { last } = desk.health;
        const fault = last?.fault ?? (Object.keys(byKind).at(-1) as OriginFault);
        this.#write({ what: 'origin-fault', host: desk.host, fault, status: last?.status ?? null }, nowMs);
      }
      if (desk.isDropped && !seen.isDropped) this.#write({ what: 'origin-dropped', host: desk.host }, nowMs);
      this.#origins.set(desk.origin, { faults, isDropped: desk.isDropped, lies: desk.health.lies });
    }
  }

  #lookAtFiles(nowMs: number): void {
    const { stuck } = this.#run.live;
    const lost = stuck?.code === 'files-unavailable' ? stuck.count : 0;
    if (lost > this.#filesLost) this.#write({ what: 'files-lost', files: lost }, nowMs);
    this.#filesLost = lost;
  }

  #lookAtTrackers(nowMs: number): void {
    for (const { url, state } of this.#run.live.trackers) {
      const before = this.#trackers.get(url);
      this.#trackers.set(url, state);
      if (state === before || state === 'connecting') continue;
      const what = state === 'working' ? 'tracker-working' : 'tracker-failing';
      this.#write({ what, host: new URL(url).host }, nowMs);
    }
  }
}
