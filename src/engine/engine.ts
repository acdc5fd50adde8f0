import type { Added } from '../model/commands.ts';
import type { Failure } from '../model/failure.ts';
import type { FileView, FileWish } from '../model/file-view.ts';
import type { TransferId } from '../model/ids.ts';
import type { PatienceChoice, Policy } from '../model/policy.ts';
import type { Delivered, PublishedLink } from '../model/published-link.ts';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';
import type { TransferView } from '../model/transfer-view.ts';
import { HostLimits } from './origin/host-limits.ts';
import type { EnginePorts } from './ports.ts';
import { nameOfUrl } from './torrent/name-of-url.ts';
import { readLink } from './torrent/read-link.ts';
import type { MagnetLink, MetaInfo } from './torrent/torrent-description.ts';
import { acceptDelivery } from './transfer/accept-delivery.ts';
import { Addition } from './transfer/addition.ts';
import type { ClickedPage } from './transfer/delivery.ts';
import { FlightArchive } from './transfer/flight-archive.ts';
import { readTorrentOrMetalink } from './transfer/follow-metalink.ts';
import { newRecord } from './transfer/new-record.ts';
import { currentRecord } from './transfer/stored-record.ts';
import { Transfer } from './transfer/transfer.ts';
import type { OnChange } from './transfer/transfer-book.ts';
import { failureOfError } from './transfer/transfer-error.ts';
import type { TransferRecord } from './transfer/transfer-record.ts';

const ADDITION_PREFIX = 'adding-';
const MAX_SHOWN_LINK = 200;

/** Transfers that run, and whether there is any work that must not be interrupted. */
export type Activity = { readonly running: number; readonly busy: boolean };

/** All transfers of one user. It outlives screens and is rebuilt from its records after every start. */
export class Engine {
  readonly #ports: EnginePorts;
  readonly #onChange: OnChange;
  readonly #hostLimits = new HostLimits();
  readonly #transfers = new Map<TransferId, Transfer>();
  readonly #additions = new Map<TransferId, Addition>();
  readonly #flights = new FlightArchive();
  readonly #delivering = new Map<string, Promise<Delivered>>();
  #settings: Settings = DEFAULT_SETTINGS;

  /** @param onChange Called often. */
  constructor(ports: EnginePorts, onChange: OnChange) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Reads the records and goes on with everything that was running. To be awaited before anything else is called. */
  async start(): Promise<void> {
    this.#settings = await this.#ports.records.settings();
    for (const stored of await this.#ports.records.all()) {
      const record = currentRecord(stored);
      if (record.id.startsWith(ADDITION_PREFIX)) this.#newAddition(record).start();
      else this.#newTransfer(record).start();
    }
  }

  /**
   * Adds what a link names: a magnet, an info hash, or the address of a .torrent. One that is in the list already is
   * given the new sources and is not added twice.
   * @throws {TorrentError} when the text is no link of any kind.
   */
  async addLink(text: string): Promise<Added> {
    const link = readLink(text);
    return link.kind === 'torrent-url' ? this.#addUrl(link.url) : this.#addMagnet(link.magnet);
  }

  /**
   * Adds what a link in a page names. One that cannot be read becomes an entry that says so: whoever clicked is looking
   * at the page and not at a field that could show the error.
   */
  async capture(url: string): Promise<Added> {
    try {
      return await this.addLink(url);
    } catch (error) {
      const failure = failureOfError(error);
      if (failure === null) throw error;
      return this.#addBroken(url, failure);
    }
  }

  /**
   * Adds what a publisher's link names, when its torrent can be had in time and may stand for the file; else it says
   * that the file is to be downloaded as any other. A second click meanwhile is the same click.
   */
  async deliver(link: PublishedLink, page: ClickedPage): Promise<Delivered> {
    const { fileUrl } = link;
    const delivered = this.#delivering.get(fileUrl) ?? this.#deliver(link, page);
    this.#delivering.set(fileUrl, delivered);
    return delivered.finally(() => this.#delivering.delete(fileUrl));
  }

  /** Adds a .torrent file, or a Metalink that names one. @throws {TorrentError} when it cannot be read. */
  async addTorrent(bytes: Uint8Array): Promise<Added> {
    const { fetchTorrent, sha1 } = this.#ports;
    const fetchNamed = (url: string) => fetchTorrent(url, false, new AbortController().signal);
    return this.#addMeta(await readTorrentOrMetalink(bytes, null, { fetchTorrent: fetchNamed, sha1 }));
  }

  async pause(id: TransferId): Promise<void> {
    this.#additions.get(id)?.pause();
    await this.#transfers.get(id)?.pause();
  }

  async resume(id: TransferId): Promise<void> {
    this.#additions.get(id)?.resume();
    await this.#transfers.get(id)?.resume();
  }

  /** Takes hold at once, without a restart of what runs. */
  async setPolicy(id: TransferId, policy: Policy): Promise<void> {
    await this.#additions.get(id)?.setPolicy(policy);
    await this.#transfers.get(id)?.setPolicy(policy);
  }

  /** How long a transfer that spares its origins may wait, counted from now. Takes hold at once. */
  async setPatience(id: TransferId, patience: PatienceChoice): Promise<void> {
    await this.#additions.get(id)?.setPatience(patience);
    await this.#transfers.get(id)?.setPatience(patience);
  }

  /** The files of a transfer; null while they are not known, and for one that is not there. */
  async files(id: TransferId): Promise<FileView[] | null> {
    return (await this.#transfers.get(id)?.files()) ?? null;
  }

  /** See `Transfer.setFiles`. */
  async setFiles(id: TransferId, wishes: readonly FileWish[]): Promise<boolean> {
    return (await this.#transfers.get(id)?.setFiles(wishes)) ?? false;
  }

  /** The flight log of a transfer's last run since the engine started; null when it has fetched nothing since then. */
  flightLog(id: TransferId): string | null {
    return this.#flights.text(id);
  }

  /** See `transfer.remove` of the commands. */
  async remove(id: TransferId, deleteData: boolean): Promise<void> {
    this.#additions.get(id)?.stop();
    this.#additions.delete(id);
    this.#flights.delete(id);
    const isKept = (await this.#transfers.get(id)?.remove(deleteData)) ?? false;
    if (!isKept) {
      this.#transfers.delete(id);
      await this.#ports.records.remove(id);
    }
    this.#onChange('state');
  }

  async setSettings(changes: Partial<Settings>): Promise<void> {
    const sharing = this.#settings.sharing;
    this.#settings = { ...this.#settings, ...changes };
    await this.#ports.records.putSettings(this.#settings);
    if (sharing !== this.#settings.sharing) {
      await Promise.all([...this.#transfers.values()].map((transfer) => transfer.sharingChanged()));
    }
    this.#onChange('state');
  }

  /** Everything in the list, newest first. */
  views(): TransferView[] {
    const shown = [...this.#transfers.values()].filter(({ record }) => !record.isHidden);
    const views = [...shown, ...this.#additions.values()].map((entry) => entry.view());
    return views.sort((a, b) => b.addedAtMs - a.addedAtMs);
  }

  activity(): Activity {
    const transfers = [...this.#transfers.values()];
    const adding = [...this.#additions.values()].filter(
      ({ record }) => record.state.phase === 'fetching-metadata',
    ).length;
    const running = transfers.filter((transfer) => transfer.isRunning).length + adding;
    return { running, busy: running > 0 || transfers.some((transfer) => transfer.isSeeding) };
  }

  async #addMagnet(magnet: MagnetLink): Promise<Added> {
    const id = magnet.infoHash as string as TransferId;
    const { sources, torrentUrls, lengthBytes: sizeBytes, selectedFiles: selected } = magnet;
    const there = await this.#addAgain(id, async (transfer) => {
      await transfer.addSources(sources, torrentUrls);
      if (selected !== null) await transfer.selectAlso(selected);
    });
    if (there !== null) return there;
    return this.#add(newRecord({ ...this.#named(id, magnet.name), sources, torrentUrls, sizeBytes, selected }));
  }

  async #addMeta({ info, sources, fileHashes = [] }: MetaInfo, more: Partial<TransferRecord> = {}): Promise<Added> {
    const id = info.infoHash as string as TransferId;
    await this.#ports.records.putInfo(id, info.infoBytes);
    const { delivery } = more;
    const there = await this.#addAgain(id, (transfer) =>
      delivery == null ? transfer.addSources(sources, []) : transfer.deliverAgain(delivery, sources),
    );
    if (there !== null) return there;
    const { lengthBytes: sizeBytes, isPrivate } = info;
    const record = newRecord({ ...this.#named(id, info.name), sources, torrentUrls: [], sizeBytes });
    return this.#add({ ...record, isPrivate, fileHashes, ...more });
  }

  async #deliver(link: PublishedLink, page: ClickedPage): Promise<Delivered> {
    const accepted = await acceptDelivery(link, page, {
      ports: this.#ports,
      settings: () => this.#settings,
      record: (id) => this.#transfers.get(id)?.record,
    });
    if (accepted === null) return { way: 'plain' };
    return { way: 'transfer', added: await this.#addMeta(accepted.meta, accepted.more) };
  }

  async #addUrl(url: string): Promise<Added> {
    const known = [...this.#additions.values()].find(({ record }) => record.torrentUrls.includes(url));
    if (known !== undefined) {
      known.resume();
      return { id: known.record.id, wasThere: true };
    }
    const id = this.#newId();
    const sources = { trackers: [], origins: [] };
    const record = newRecord({ ...this.#named(id, nameOfUrl(url)), sources, torrentUrls: [url], sizeBytes: null });
    await this.#ports.records.put(record);
    this.#newAddition(record).start();
    this.#onChange('state');
    return { id, wasThere: false };
  }

  async #addBroken(url: string, failure: Failure): Promise<Added> {
    const name = url.slice(0, MAX_SHOWN_LINK);
    const known = [...this.#additions.values()].find(({ record }) => record.name === name);
    if (known !== undefined) return { id: known.record.id, wasThere: true };
    const sources = { trackers: [], origins: [] };
    const record = newRecord({ ...this.#named(this.#newId(), name), sources, torrentUrls: [], sizeBytes: null });
    const failed = {
      ...record,
      state: { phase: 'failed', resumeTo: { phase: 'fetching-metadata' }, failure },
    } as const;
    await this.#ports.records.put(failed);
    this.#newAddition(failed);
    this.#onChange('state');
    return { id: record.id, wasThere: false };
  }

  async #add(record: TransferRecord): Promise<Added> {
    await this.#ports.records.put(record);
    this.#newTransfer(record).start();
    this.#onChange('state');
    return { id: record.id, wasThere: false };
  }

  async #addAgain(id: TransferId, addSources: (transfer: Transfer) => Promise<void>): Promise<Added | null> {
    const transfer = this.#transfers.get(id);
    if (transfer === undefined) return null;
    const wasHidden = transfer.record.isHidden;
    await addSources(transfer);
    if (wasHidden) await transfer.unhide(this.#ports.clock.nowMs());
    else if (transfer.record.state.phase === 'failed') await transfer.resume();
    this.#onChange('state');
    return { id, wasThere: !wasHidden };
  }

  #newId(): TransferId {
    return `${ADDITION_PREFIX}${Math.floor(this.#ports.random() * 2 ** 48).toString(36)}` as TransferId;
  }

  #named(id: TransferId, name: string | null): { id: TransferId; name: string; nowMs: number } {
    return { id, name: name ?? id, nowMs: this.#ports.clock.nowMs() };
  }

  #newTransfer(record: TransferRecord): Transfer {
    const mayShare = () => this.#settings.sharing === 'share';
    const transfer = new Transfer(record, {
      ports: this.#ports,
      hostLimits: this.#hostLimits,
      mayShare,
      maySendReports: () => this.#settings.sendReports,
      flights: this.#flights,
      onChange: this.#onChange,
    });
    this.#transfers.set(record.id, transfer);
    return transfer;
  }

  #newAddition(record: TransferRecord): Addition {
    const addition = new Addition(record, {
      ports: this.#ports,
      onChange: this.#onChange,
      onFound: async (done, meta) => {
        const { policy, patience } = done.record;
        await this.#addMeta(meta, { policy, patience });
        await this.remove(done.record.id, false);
      },
    });
    this.#additions.set(record.id, addition);
    return addition;
  }
}
