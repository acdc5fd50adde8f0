import type { Added } from '../model/commands.ts';
import type { FileView, FileWish } from '../model/file-view.ts';
import type { InfoHash, TransferId } from '../model/ids.ts';
import type { PatienceChoice, Policy } from '../model/policy.ts';
import { BY_HAND, type Provenance } from '../model/provenance.ts';
import type { Delivered, PublishedLink } from '../model/published-link.ts';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';
import type { TransferView } from '../model/transfer-view.ts';
import { type Activity, activityOf } from './activity.ts';
import { ADDITION_PREFIX, Adding } from './adding.ts';
import { Chronicle } from './details/chronicle.ts';
import { Details } from './details/details.ts';
import { limitOfAll } from './diagnosis/limit-facts.ts';
import { EngineData } from './engine-data.ts';
import { EngineLimits } from './limits/engine-limits.ts';
import { HostLimits } from './origin/host-limits.ts';
import type { EnginePorts } from './ports.ts';
import { Serial } from './store/serial.ts';
import { writeTorrent } from './torrent/write-torrent.ts';
import { Addition } from './transfer/addition.ts';
import { filesOf, setFiles } from './transfer/chosen-files.ts';
import type { ClickedPage } from './transfer/delivery.ts';
import { FlightArchive } from './transfer/flight-archive.ts';
import { forgetPlayed, keepPlayed, restAfterStart } from './transfer/keep-played.ts';
import { currentRecord } from './transfer/stored-record.ts';
import { Transfer } from './transfer/transfer.ts';
import type { OnChange } from './transfer/transfer-book.ts';
import type { TransferRecord } from './transfer/transfer-record.ts';

/** All transfers of one user. It outlives screens and is rebuilt from its records after every start. */
export class Engine {
  readonly #ports: EnginePorts;
  readonly #onChange: OnChange;
  readonly #hostLimits = new HostLimits();
  readonly #transfers = new Map<TransferId, Transfer>();
  readonly #additions = new Map<TransferId, Addition>();
  readonly #flights = new FlightArchive();
  readonly #chronicle: Chronicle;
  /** For whoever looks closely at one transfer. */
  readonly details: Details;
  readonly #adding: Adding;
  /** The queue, and what holds for all. */
  readonly limits: EngineLimits;
  /** The store, the ledger of all transfers, and everything that is remembered as one text. */
  readonly data: EngineData;
  #settings: Settings = DEFAULT_SETTINGS;

  /** @param onChange Called often. */
  constructor(ports: EnginePorts, onChange: OnChange) {
    this.#ports = ports;
    this.limits = new EngineLimits({
      ports,
      transfers: () => this.transfers,
      settings: () => this.#settings,
      onChange: () => onChange('state'),
    });
    this.#onChange = (what) => {
      if (what === 'state') this.limits.changed();
      onChange(what);
    };
    this.#chronicle = new Chronicle(ports.clock);
    this.details = new Details({
      ports,
      chronicle: this.#chronicle,
      settings: () => this.#settings,
      limitOfAll: () => limitOfAll(this.limits.limitInForce),
      transfers: this.#transfers,
      additions: this.#additions,
    });
    const shared = {
      ports,
      settings: () => this.#settings,
      isHalted: () => this.limits.isHalted,
      transfers: this.#transfers,
      additions: this.#additions,
      newTransfer: (record: TransferRecord) => this.#newTransfer(record),
      newAddition: (record: TransferRecord) => this.#newAddition(record),
      turn: new Serial(),
      onChange: () => this.#onChange('state'),
    };
    this.#adding = new Adding(shared);
    this.data = new EngineData(shared);
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** An entry of the list whose info hash is known. */
  transfer(id: TransferId): Transfer | undefined {
    return this.#transfers.get(id);
  }

  /** All of them, also those that wait off the list for the day when they are added again. */
  get transfers(): Iterable<Transfer> {
    return this.#transfers.values();
  }

  /**
   * Reads the records and goes on with everything that was running. To be awaited before anything else is called.
   * @param hasPrivateWindow Whether one is open still; else what came from private windows is forgotten.
   */
  async start({ hasPrivateWindow = false } = {}): Promise<void> {
    this.#settings = await this.#ports.records.settings();
    this.#ports.swarm.configure(this.#settings);
    await this.data.totals.load();
    const entries = (await this.#ports.records.all())
      .map((stored) => restAfterStart(currentRecord(stored)))
      .sort((a, b) => a.addedAtMs - b.addedAtMs) // as they came: sorting what is in order already costs next to nothing
      .map((record) => {
        return record.id.startsWith(ADDITION_PREFIX) ? this.#newAddition(record) : this.#newTransfer(record);
      });
    // All of them are known before the first begins: the queue decides which that is.
    await this.limits.start();
    for (const entry of entries) if (hasPrivateWindow || !entry.record.isPrivateWindow) entry.start();
    if (!hasPrivateWindow) await this.forgetPrivateWindows();
    await forgetPlayed(this);
  }

  /** Removes what came from private windows, with all that the store has of it. Files that were saved stay. */
  async forgetPrivateWindows(): Promise<void> {
    const entries = [...this.#transfers.values(), ...this.#additions.values()];
    for (const { record } of entries.filter((entry) => entry.record.isPrivateWindow)) {
      await this.remove(record.id, false);
      if (!this.#transfers.delete(record.id)) continue;
      // It had pieces, which were kept for the day when it is added again.
      await this.#ports.depot.remove(record.id as string as InfoHash);
      await this.#ports.records.remove(record.id);
    }
  }

  /** See `Adding.link`. @throws {TorrentError} when the text is no link of any kind. */
  async addLink(text: string, from: Provenance = BY_HAND): Promise<Added> {
    return this.#adding.link(text, from);
  }

  /** See `Adding.capture`. */
  async capture(url: string, from: Provenance): Promise<Added> {
    return this.#adding.capture(url, from);
  }

  /** See `Adding.isIgnored`. */
  isIgnored(pageUrl: string | null): boolean {
    return this.#adding.isIgnored(pageUrl);
  }

  /** See `Adding.deliver`. */
  async deliver(link: PublishedLink, page: ClickedPage): Promise<Delivered> {
    return this.#adding.deliver(link, page);
  }

  /** See `Adding.torrent`. @throws {TorrentError} when it cannot be read. */
  async addTorrent(bytes: Uint8Array, from: Provenance = BY_HAND): Promise<Added> {
    return this.#adding.torrent(bytes, from);
  }

  /** See `Adding.adopt`. @throws {TorrentError} when the .torrent cannot be read. */
  async adopt(torrentBytes: Uint8Array): Promise<Added> {
    return this.#adding.adopt(torrentBytes);
  }

  /** The user has seen what an entry holds, and wants it: now, or later. */
  async accept(id: TransferId, isPaused: boolean): Promise<void> {
    await this.#additions.get(id)?.accept(isPaused);
    await this.#transfers.get(id)?.accept(isPaused);
    this.#onChange('state');
  }

  async pause(id: TransferId): Promise<void> {
    this.#additions.get(id)?.pause();
    this.#transfers.get(id)?.book.remember({ isForced: false });
    await this.#transfers.get(id)?.pause();
  }

  async resume(id: TransferId): Promise<void> {
    this.#additions.get(id)?.resume();
    const transfer = this.#transfers.get(id);
    if (transfer !== undefined) await keepPlayed(transfer);
    await transfer?.resume();
  }

  /** Takes hold at once, without a restart of what runs. */
  async setPolicy(id: TransferId, policy: Policy): Promise<void> {
    await this.#additions.get(id)?.setPolicy(policy);
    await this.#transfers.get(id)?.setPolicy(policy);
  }

  /** The files of a transfer; null while they are not known, and for one that is not there. */
  async files(id: TransferId): Promise<FileView[] | null> {
    const transfer = this.#transfers.get(id);
    return transfer === undefined ? null : filesOf(transfer);
  }

  /** See `setFiles` of chosen-files.ts. */
  async setFiles(id: TransferId, wishes: readonly FileWish[]): Promise<boolean> {
    const transfer = this.#transfers.get(id);
    return transfer !== undefined && setFiles(transfer, wishes);
  }

  /** An entry's .torrent, or while it is not known the address that was given for it; null when there is neither. */
  async torrentOf(id: TransferId): Promise<Uint8Array | string | null> {
    const addition = this.#additions.get(id)?.record;
    const record = this.#transfers.get(id)?.record;
    const infoBytes = record === undefined ? null : await this.#ports.records.info(id);
    if (record === undefined || infoBytes === null) return (record ?? addition)?.torrentUrls[0] ?? null;
    return writeTorrent(infoBytes, record);
  }

  /** Bytes that the browser would still let the store take. */
  freeBytes(): Promise<number> {
    return this.#ports.depot.freeBytes();
  }

  /** How long a transfer that spares its origins may wait, counted from now. Takes hold at once. */
  async setPatience(id: TransferId, patience: PatienceChoice): Promise<void> {
    await this.#additions.get(id)?.setPatience(patience);
    await this.#transfers.get(id)?.setPatience(patience);
  }

  /** Changes what a transfer is called by the user, or may take; in force at once. */
  async remember(id: TransferId, changes: Pick<TransferRecord, 'label' | 'limits'>): Promise<void> {
    const book = this.#transfers.get(id)?.book;
    book?.remember(changes);
    await book?.persist();
    this.#onChange('state');
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
    this.#chronicle.delete(id);
    const isKept = (await this.#transfers.get(id)?.remove(deleteData)) ?? false;
    if (!isKept) {
      this.#transfers.delete(id);
      await this.#ports.records.remove(id);
    }
    this.#onChange('state');
  }

  async setSettings(changes: Partial<Settings>): Promise<void> {
    const { sharing, keepCopy } = this.#settings;
    this.#settings = { ...this.#settings, ...changes };
    this.#ports.swarm.configure(this.#settings);
    await this.#ports.records.putSettings(this.#settings);
    if (sharing !== this.#settings.sharing || keepCopy !== this.#settings.keepCopy) {
      await Promise.all([...this.#transfers.values()].map((transfer) => transfer.sharingChanged()));
    }
    this.#onChange('state');
  }

  /** Everything in the list, newest first. One at rest of which nothing has changed is the same object as before. */
  views(): TransferView[] {
    const shown = [...this.#transfers.values()].filter(({ record }) => !record.isHidden);
    const views = this.limits.viewing(() => [...shown, ...this.#additions.values()].map((entry) => entry.view()));
    return views.sort((a, b) => b.addedAtMs - a.addedAtMs);
  }

  activity(): Activity {
    return activityOf(this.#transfers.values(), this.#additions.values(), this.limits);
  }

  #newTransfer(record: TransferRecord): Transfer {
    const mayShare = () => this.#settings.sharing === 'share';
    const transfer = new Transfer(record, {
      ports: this.#ports,
      hostLimits: this.#hostLimits,
      mayShare,
      maySendReports: () => this.#settings.sendReports,
      flights: this.#flights,
      rules: this.limits.rules,
      chronicle: this.#chronicle,
      onChange: this.#onChange,
      totals: this.data.totals,
    });
    this.#transfers.set(record.id, transfer);
    return transfer;
  }

  #newAddition(record: TransferRecord): Addition {
    const addition = new Addition(record, {
      ports: this.#ports,
      onChange: this.#onChange,
      onFound: async (done, meta) => {
        const { policy, patience, isPublic = false, isStaged = false, site = null } = done.record;
        const { isPrivateWindow = false } = done.record;
        await this.#adding.meta(meta, { policy, patience, isPublic, isStaged, site, isPrivateWindow });
        await this.remove(done.record.id, false);
      },
    });
    this.#additions.set(record.id, addition);
    return addition;
  }
}
