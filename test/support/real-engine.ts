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

/** What the engine waits for between two looks or tries goes by so many times faster; servers and sockets do not. */
const HASTE = 20;

/** The real time, but so many times faster. */
const clockOf = (haste: number): Clock => ({
  nowMs: () => performance.timeOrigin + performance.now() * haste,
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs / haste);
    return () => clearTimeout(timer);
  },
  every: (periodMs, callback) => {
    const timer = setInterval(callback, periodMs / haste);
    return () => clearInterval(timer);
  },
});

export type RealEngine = {
  readonly engine: Engine;
  /** What is in the Downloads folder, by path. */
  readonly saved: ReadonlyMap<string, Uint8Array>;
  /** @throws {Error} with all views when it does not come. */
  readonly until: (id: TransferId, isSo: (view: TransferView) => boolean) => Promise<TransferView>;
  readonly close: () => Promise<void>;
};

/**
 * The engine with the real `fetch`, for servers that are real; disk, records and Downloads folder are in memory.
 * @param haste How many times faster than time it waits.
 * @param fetch Around the real one, to see what comes.
 */
export function openRealEngine(haste = HASTE, fetch = globalThis.fetch): RealEngine {
  const clock = clockOf(haste);
  const disk = new MemoryDisk();
  const downloads = new MemoryDownloads(disk, clock);
  const engine = new Engine(
    {
      clock,
      random: seededChance(1),
      localTimeAt: localTimeUtc,
      isMetered: () => null,
      sha1,
      sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
      fetch,
      fetchTorrent: async (url) => {
        const response = await globalThis.fetch(url);
        if (response.ok) return { ok: true, bytes: new Uint8Array(await response.arrayBuffer()) };
        const { host } = new URL(url);
        return { ok: false, failure: { code: 'torrent-unavailable', host, status: response.status } };
      },
      network: { isOnline: () => true, webRtc: async () => 'works' },
      swarm: new SimulatedSwarm(),
      depot: new LocalDepot({
        root: disk,
        fetch,
        hash,
        nowMs: clock.nowMs,
        freeBytes: async () => disk.roomBytes,
        failureOf: failureOfDisk,
      }),
      records: new MemoryRecords(),
      saver: downloads,
      notify: () => undefined,
    },
    () => undefined,
  );
  void engine.setSettings({ askFirst: false });
  const viewOf = (id: TransferId) => engine.views().find((view) => view.id === id);
  return {
    engine,
    saved: downloads.files,
    until: async (id, isSo) => {
      const found = await waitUntil(
        () => {
          const view = viewOf(id);
          return view !== undefined && isSo(view) ? view : null;
        },
        { timeoutMs: 20_000 },
      ).catch((error: unknown) => {
        throw new Error(`not so: ${JSON.stringify(engine.views())}`, { cause: error });
      });
      return found;
    },
    close: async () => {
      for (const { id } of engine.views()) await engine.remove(id, false);
    },
  };
}
