import { createHash } from 'node:crypto';
import { Engine } from '../../src/engine/engine.ts';
import type { Clock } from '../../src/engine/ports.ts';
import { LocalDepot } from '../../src/engine/store/local-depot.ts';
import type { TransferId } from '../../src/model/ids.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { localTimeUtc } from './simulation/local-time-utc.ts';
import { MemoryDisk } from './simulation/memory-disk.ts';
import { MemoryDownloads } from './simulation/memory-downloads.ts';
import { MemoryRecords } from './simulation/memory-records.ts';
import { seededChance } from './simulation/seeded-chance.ts';
import { SimulatedSwarm } from './simulation/simulated-swarm.ts';
import { hash, sha1 } from './simulation/small-torrent.ts';
import { failureOfDisk } from './simulation/store-world.ts';
import { waitUntil } from './wait-until.ts';

/** The clock of this machine. */
const realClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  every: (periodMs, callback) => {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
};

/**
 * An engine on the real clock whose origins are real servers, asked by the `fetch` of Node. Disk, records and Downloads
 * folder are in memory, and nobody is in the swarm.
 */
export class EngineOnRealWeb {
  readonly #disk = new MemoryDisk();
  readonly records = new MemoryRecords();
  readonly downloads = new MemoryDownloads(this.#disk, realClock);
  readonly engine: Engine;

  constructor() {
    const { fetch } = globalThis;
    const depot = new LocalDepot({
      root: this.#disk,
      fetch,
      hash,
      nowMs: () => Date.now(),
      freeBytes: async () => this.#disk.roomBytes,
      failureOf: failureOfDisk,
    });
    this.engine = new Engine(
      {
        clock: realClock,
        random: seededChance(1),
        localTimeAt: localTimeUtc,
        isMetered: () => null,
        sha1,
        sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
        fetch,
        fetchTorrent: async (url) => ({
          ok: false,
          failure: { code: 'torrent-unavailable', host: new URL(url).host, status: 404 },
        }),
        network: { isOnline: () => true, webRtc: async () => 'works' },
        swarm: new SimulatedSwarm(),
        depot,
        records: this.records,
        saver: this.downloads,
        notify: () => undefined,
      },
      () => undefined,
    );
  }

  async add(torrentBytes: Uint8Array): Promise<TransferId> {
    await this.engine.setSettings({ askFirst: false });
    return (await this.engine.addTorrent(torrentBytes)).id;
  }

  view(id: TransferId): TransferView {
    const view = this.engine.views().find((entry) => entry.id === id);
    if (view === undefined) throw new Error(`${id} is not in the list`);
    return view;
  }

  /** Waits until a transfer is as it is to be, at most for twenty seconds. */
  until(id: TransferId, isSo: (view: TransferView) => boolean): Promise<TransferView> {
    return waitUntil(
      () => {
        const view = this.view(id);
        return isSo(view) ? view : null;
      },
      { timeoutMs: 20_000, what: 'the transfer to get there' },
    );
  }

  /** What has been saved, by its path. */
  get saved(): ReadonlyMap<string, Uint8Array> {
    return this.downloads.files;
  }
}
