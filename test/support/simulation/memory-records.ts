import type { Records, UploadedDay } from '../../../src/engine/ports.ts';
import type { StoredTotals } from '../../../src/engine/totals/stored-totals.ts';
import type { StoredRecord } from '../../../src/engine/transfer/stored-record.ts';
import type { TransferRecord } from '../../../src/engine/transfer/transfer-record.ts';
import type { TransferId } from '../../../src/model/ids.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/model/settings.ts';

/** Records that outlive an engine, in memory. What goes in and out is copied, as a database does. */
export class MemoryRecords implements Records {
  #records = new Map<TransferId, StoredRecord>();
  #infos = new Map<TransferId, Uint8Array>();
  #settings: Settings = DEFAULT_SETTINGS;
  #uploadedDay: UploadedDay | null = null;
  #totals: StoredTotals | null = null;
  /** How often the totals were written down. */
  totalsWritten = 0;

  /** What the next process finds; whatever the one before still writes does not reach it. */
  found(): MemoryRecords {
    const found = new MemoryRecords();
    found.#records = new Map(this.#records);
    found.#infos = new Map(this.#infos);
    found.#settings = this.#settings;
    found.#uploadedDay = this.#uploadedDay;
    found.#totals = this.#totals;
    return found;
  }

  async all(): Promise<readonly StoredRecord[]> {
    return structuredClone([...this.#records.values()]);
  }

  async put(record: TransferRecord): Promise<void> {
    this.#records.set(record.id, structuredClone(record));
  }

  async remove(id: TransferId): Promise<void> {
    this.#records.delete(id);
    this.#infos.delete(id);
  }

  async info(id: TransferId): Promise<Uint8Array | null> {
    return this.#infos.get(id)?.slice() ?? null;
  }

  async putInfo(id: TransferId, infoBytes: Uint8Array): Promise<void> {
    this.#infos.set(id, infoBytes.slice());
  }

  async settings(): Promise<Settings> {
    return this.#settings;
  }

  async putSettings(settings: Settings): Promise<void> {
    this.#settings = structuredClone(settings);
  }

  async uploadedDay(): Promise<UploadedDay | null> {
    return this.#uploadedDay;
  }

  async putUploadedDay(day: UploadedDay): Promise<void> {
    this.#uploadedDay = structuredClone(day);
  }

  async totals(): Promise<StoredTotals | null> {
    return structuredClone(this.#totals);
  }

  async putTotals(totals: StoredTotals): Promise<void> {
    this.#totals = structuredClone(totals);
    this.totalsWritten += 1;
  }
}
