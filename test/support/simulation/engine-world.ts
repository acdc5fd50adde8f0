import { createHash } from 'node:crypto';
import { Engine } from '../../../src/engine/engine.ts';
import type { FetchedTorrent } from '../../../src/engine/ports.ts';
import type { FromDepot, ToDepot } from '../../../src/engine/store/depot-protocol.ts';
import { RemoteDepot } from '../../../src/engine/store/remote-depot.ts';
import { serveDepot } from '../../../src/engine/store/serve-depot.ts';
import type { TransferId } from '../../../src/model/ids.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import type { WebRtcState } from '../../../src/model/web-rtc-state.ts';
import { localTimeUtc } from './local-time-utc.ts';
import { memoryChannel } from './memory-channel.ts';
import { MemoryDownloads } from './memory-downloads.ts';
import { MemoryRecords } from './memory-records.ts';
import { seededChance } from './seeded-chance.ts';
import { type PeerTraits, SimulatedPeer } from './simulated-peer.ts';
import { SimulatedSwarm } from './simulated-swarm.ts';
import { type SmallTorrent, sha1 } from './small-torrent.ts';
import { failureOfDisk, StoreWorld } from './store-world.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type TorrentRequest = { readonly url: string; readonly withCookies: boolean };

/**
 * An engine with everything that a host lends it, on a virtual clock. Records, disk and Downloads folder outlive the
 * engine, so it can be started again.
 */
export class EngineWorld {
  store = new StoreWorld();
  records = new MemoryRecords();
  downloads = new MemoryDownloads(this.store.disk, this.store.clock);
  readonly swarm = new SimulatedSwarm();
  readonly notified: string[] = [];
  /** What the addresses of .torrent files answer; any other is not found. */
  readonly torrents = new Map<string, FetchedTorrent>();
  readonly torrentRequests: TorrentRequest[] = [];
  torrentLatencyMs = 100;
  isOnline = true;
  webRtc: WebRtcState = 'works';
  /** What the browser says of the connection; null when it says nothing. */
  isMetered: boolean | null = null;
  /** How far the user's calendar is ahead of universal time. */
  calendarAheadMs = 0;
  chance: () => number = seededChance(1);
  engine = this.#newEngine();

  /** Nobody is asked before a transfer starts, unless a test is about that. */
  constructor() {
    void this.engine.setSettings({ askFirst: false });
  }

  get clock(): VirtualClock {
    return this.store.clock;
  }

  #newEngine(): Engine {
    // As in the product, the store is at the other end of a channel.
    const [here, there] = memoryChannel<ToDepot, FromDepot>();
    serveDepot(this.store.depot, there, failureOfDisk);
    return new Engine(
      {
        clock: this.store.clock,
        random: () => this.chance(),
        localTimeAt: (ms) => localTimeUtc(ms + this.calendarAheadMs),
        isMetered: () => this.isMetered,
        sha1,
        sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
        fetch: (input, init) => this.store.web.fetch(input, init),
        fetchTorrent: async (url, withCookies, signal) => {
          this.torrentRequests.push({ url, withCookies });
          await new Promise<void>((resolve) => this.clock.after(this.torrentLatencyMs, resolve));
          signal.throwIfAborted();
          const missing = { code: 'torrent-unavailable', host: new URL(url).host, status: 404 } as const;
          return this.torrents.get(url) ?? { ok: false, failure: missing };
        },
        network: { isOnline: () => this.isOnline, webRtc: async () => this.webRtc },
        swarm: this.swarm,
        depot: new RemoteDepot(here, this.clock),
        records: this.records,
        saver: this.downloads,
        notify: (id) => this.notified.push(id),
      },
      () => undefined,
    );
  }

  /**
   * Another engine on the records, the disk and the Downloads folder as they are found. The process of the one before
   * dies without a word: its connections end, its files are closed, what it had not flushed may be there or not.
   */
  async restart(found: Parameters<Engine['start']>[0] = {}): Promise<void> {
    this.store.disk.operationsLeft = 0;
    this.swarm.endAll();
    this.records = this.records.found();
    this.store = new StoreWorld(this.store.disk.afterPowerCut(seededChance(1)), this.clock, this.store.web);
    this.downloads = this.downloads.found(this.store.disk);
    this.engine = this.#newEngine();
    await this.clock.untilSettled(this.engine.start(found));
  }

  peer(torrent: SmallTorrent, name: string, traits: PeerTraits = {}): SimulatedPeer {
    const peer = new SimulatedPeer(name, torrent, this.clock, traits);
    this.swarm.add(torrent.info.infoHash, peer);
    return peer;
  }

  serveTorrent(url: string, torrent: SmallTorrent): void {
    this.torrents.set(url, { ok: true, bytes: torrent.made.torrentBytes });
  }

  do<T>(task: Promise<T>): Promise<T> {
    return this.clock.untilSettled(task);
  }

  view(id: TransferId): TransferView {
    const view = this.engine.views().find((entry) => entry.id === id);
    if (view === undefined) throw new Error(`${id} is not in the list`);
    return view;
  }

  /** Lets time pass until a transfer is in a phase; at most ten minutes. */
  async until(id: TransferId, phase: TransferView['state']['phase']): Promise<TransferView> {
    const isThere = () => this.engine.views().some((view) => view.id === id && view.state.phase === phase);
    if (!(await this.clock.runUntil(isThere, 600_000))) {
      throw new Error(`not ${phase}, but ${JSON.stringify(this.engine.views().map(({ state }) => state))}`);
    }
    return this.view(id);
  }
}
