import type { Records } from '../engine/ports.ts';
import type { StoredRecord } from '../engine/transfer/stored-record.ts';
import type { NetworkLeave } from '../model/host-link.ts';
import { isPrivateHost } from '../model/private-host.ts';

/** What one transfer counts for: the hosts that it names, and whether a public page named them. */
type Named = {
  readonly lists: readonly (readonly string[])[];
  readonly hosts: ReadonlySet<string>;
  readonly isPublic: boolean;
};

/** Tells the background what its guard of the network has to let through; resolves when it does. */
export type TellGuard = (leave: NetworkLeave) => Promise<unknown>;

/**
 * Keeps the guard of the network told which hosts of this machine and the local network we may reach: those that
 * transfers name which are none of a public page's, those that such a transfer was led to, and, while it is under way,
 * one that the engine itself asks, which has judged the address by its name. Records are written before a transfer
 * begins, and so the guard knows before the first request. A guard that cannot be told keeps what it last heard.
 */
export class NetworkLeaveKeeper {
  readonly #stored: Records;
  readonly #tell: TellGuard;
  readonly #named = new Map<string, Named>();
  /** Hosts inside, by those outside that led there. */
  readonly #ledTo = new Map<string, Set<string>>();
  /** Hosts that are asked now, each as often as it is. */
  readonly #asked = new Map<string, number>();
  #isLifted = false;
  #told: string | null = null;
  #telling: Promise<void> = Promise.resolve();

  constructor(stored: Records, tell: TellGuard) {
    this.#stored = stored;
    this.#tell = tell;
  }

  /** The records, for the engine: whatever it writes down here is let through before it resolves. */
  get records(): Records {
    const stored = this.#stored;
    return {
      all: () => stored.all(),
      info: (id) => stored.info(id),
      putInfo: (id, infoBytes) => stored.putInfo(id, infoBytes),
      settings: () => stored.settings(),
      uploadedDay: () => stored.uploadedDay(),
      putUploadedDay: (day) => stored.putUploadedDay(day),
      totals: () => stored.totals(),
      putTotals: (totals) => stored.putTotals(totals),
      put: async (record) => {
        if (this.#note(record)) await this.#refresh();
        await stored.put(record);
      },
      remove: async (id) => {
        await stored.remove(id);
        if (this.#named.delete(id)) await this.#refresh();
      },
      putSettings: async (settings) => {
        this.#isLifted = settings.allowLocalAddresses;
        await this.#refresh();
        await stored.putSettings(settings);
      },
    };
  }

  /** Tells the guard what the records say. To be awaited before the engine starts. */
  async begin(): Promise<void> {
    for (const record of await this.#stored.all()) this.#note(record);
    this.#isLifted = (await this.#stored.settings()).allowLocalAddresses;
    await this.#refresh();
  }

  /** Lets through what the engine asks for itself; where that leads is another question. */
  async during<T>(url: string, task: () => Promise<T>): Promise<T> {
    const { hostname } = new URL(url);
    if (!isPrivateHost(hostname)) return task();
    this.#asked.set(hostname, (this.#asked.get(hostname) ?? 0) + 1);
    await this.#refresh();
    try {
      return await task();
    } finally {
      const others = (this.#asked.get(hostname) ?? 1) - 1;
      if (others > 0) this.#asked.set(hostname, others);
      else this.#asked.delete(hostname);
      await this.#refresh();
    }
  }

  /** A request was led inside, which the guard has stopped. The next one may pass, if no public page named its start. */
  async redirected(fromUrl: string, toUrl: string): Promise<void> {
    const from = new URL(fromUrl).hostname;
    const led = this.#ledTo.get(from) ?? new Set();
    this.#ledTo.set(from, led.add(new URL(toUrl).hostname));
    await this.#refresh();
  }

  /** Returns whether anything changed: records are written often, and their lists stay the same objects. */
  #note(record: StoredRecord): boolean {
    const { id, isHidden, isPublic = false } = record;
    if (isHidden) return this.#named.delete(id);
    const lists = [record.trackers, record.origins, record.torrentUrls];
    const known = this.#named.get(id);
    if (known?.isPublic === isPublic && known.lists.every((list, index) => list === lists[index])) return false;
    const hosts = new Set(lists.flat().map((url) => new URL(url).hostname));
    this.#named.set(id, { lists, hosts, isPublic });
    return true;
  }

  #leave(): NetworkLeave {
    const entries = [...this.#named.values()];
    const ours = new Set(entries.filter(({ isPublic }) => !isPublic).flatMap(({ hosts }) => [...hosts]));
    const foreign = new Set(entries.filter(({ isPublic }) => isPublic).flatMap(({ hosts }) => [...hosts]));
    const ledTo = [...this.#ledTo].filter(([from]) => ours.has(from) && !foreign.has(from));
    const hosts = [...ours, ...ledTo.flatMap(([, led]) => [...led]), ...this.#asked.keys()].filter(isPrivateHost);
    return { isLifted: this.#isLifted, hosts: [...new Set(hosts)].sort() };
  }

  async #refresh(): Promise<void> {
    const leave = this.#leave();
    const text = JSON.stringify(leave);
    if (text !== this.#told) {
      this.#told = text;
      this.#telling = this.#telling
        .then(() => this.#tell(leave))
        .then(
          () => undefined,
          (error: unknown) => {
            this.#told = null; // The next change says it again.
            console.error('The guard of the network was not told.', String(error));
          },
        );
    }
    await this.#telling;
  }
}
