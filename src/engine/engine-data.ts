import { bytesOfBase64 } from '../model/base64.ts';
import type { LedgerTotals, SavedState, StateRead, StoreUse } from '../model/data-views.ts';
import type { FileIndex, InfoHash, TransferId } from '../model/ids.ts';
import type { Settings } from '../model/settings.ts';
import { ADDITION_PREFIX } from './adding.ts';
import type { EnginePorts } from './ports.ts';
import { readState } from './saved-state/read-state.ts';
import { restoredRecord } from './saved-state/restored-record.ts';
import type { PortableTransfer } from './saved-state/state-document.ts';
import { writeState } from './saved-state/write-state.ts';
import type { Serial } from './store/serial.ts';
import { readInfo } from './torrent/read-info.ts';
import { totalsView } from './totals/stored-totals.ts';
import { TotalsKeeper } from './totals/totals-keeper.ts';
import type { Addition } from './transfer/addition.ts';
import { dropCopy } from './transfer/drop-copy.ts';
import { saveOneFile } from './transfer/save-one-file.ts';
import type { Transfer } from './transfer/transfer.ts';
import type { TransferRecord } from './transfer/transfer-record.ts';

export type EngineDataPorts = {
  readonly ports: EnginePorts;
  readonly settings: () => Settings;
  readonly transfers: Map<TransferId, Transfer>;
  readonly additions: ReadonlyMap<TransferId, Addition>;
  readonly newTransfer: (record: TransferRecord) => Transfer;
  readonly newAddition: (record: TransferRecord) => Addition;
  /** Nothing is added while somebody has this turn. */
  readonly turn: Serial;
  readonly onChange: () => void;
};

/** What an engine does with everything that it holds: the store, the ledger of all transfers, its records as one text. */
export class EngineData {
  readonly totals: TotalsKeeper;
  readonly #own: EngineDataPorts;

  constructor(own: EngineDataPorts) {
    this.#own = own;
    this.totals = new TotalsKeeper(own.ports);
  }

  ledgerTotals(): LedgerTotals {
    return totalsView(this.totals.totals);
  }

  /** What the store holds, as long as its files are: transfers of the list by name, those first that take most. */
  async storeUse(): Promise<StoreUse> {
    const { depot } = this.#own.ports;
    const [places, freeBytes] = await Promise.all([depot.places(), depot.freeBytes()]);
    const strays = places.filter(({ name }) => this.#listed(name) === null);
    const transfers = places.flatMap(({ name, bytes }) => {
      const record = this.#listed(name)?.record;
      if (record === undefined) return [];
      return [{ id: record.id, name: record.name, bytes, isSaved: record.state.phase === 'done' }];
    });
    return {
      usedBytes: sumOf(places),
      freeBytes,
      transfers: transfers.sort((a, b) => b.bytes - a.bytes),
      strays: { count: strays.length, bytes: sumOf(strays) },
    };
  }

  /**
   * Deletes every directory that belongs to no transfer of the list, and what is remembered of those that wait off the
   * list for the day when they are added again. Whoever adds one of them meanwhile waits, and then begins anew.
   * @param isInUse Whether somebody else is at work in a directory.
   * @returns the bytes that were deleted.
   */
  async cleanStore(isInUse: (name: string) => boolean): Promise<number> {
    let freedBytes = 0;
    for (const { name, bytes } of await this.#own.ports.depot.places()) {
      const isGone = await this.#own.turn.run(() => !isInUse(name) && this.#removeStray(name));
      if (isGone) freedBytes += bytes;
    }
    return freedBytes;
  }

  /** See `drop-copy.ts`. */
  async dropCopy(id: TransferId): Promise<boolean> {
    const transfer = this.#own.transfers.get(id);
    return transfer !== undefined && dropCopy(transfer, this.#own.ports);
  }

  /** See `save-one-file.ts`. */
  async saveFile(id: TransferId, file: FileIndex): Promise<boolean> {
    const transfer = this.#own.transfers.get(id);
    return transfer !== undefined && saveOneFile(transfer, file, this.#own.ports);
  }

  /** Everything that is remembered, as one text (`state-document.ts`), with or without addresses that may be secret. */
  async exportState(withSecrets = true): Promise<SavedState> {
    const { ports, settings, transfers, additions } = this.#own;
    const records = [...transfers.values(), ...additions.values()].map(({ record }) => record);
    const inOrder = records.sort((a, b) => a.addedAtMs - b.addedAtMs);
    const infos = await Promise.all(inOrder.map(({ id }) => ports.records.info(id)));
    return writeState({
      savedAtMs: ports.clock.nowMs(),
      settings: settings(),
      transfers: inOrder.map((record, index) => ({ record, infoBytes: infos[index] ?? null })),
      ledger: this.totals.totals,
      withSecrets,
    });
  }

  /** Takes over transfers, paused, and the ledger of such a text; those that are in the list stay as they are. */
  async importState(text: string): Promise<StateRead> {
    const read = readState(text);
    if (!read.ok) return read;
    let [added, wereThere, { unreadable }] = [0, 0, read];
    for (const portable of read.transfers) {
      const outcome = await this.#own.turn.run(() => this.#restore(portable));
      if (outcome === 'added') added += 1;
      else if (outcome === 'was-there') wereThere += 1;
      else unreadable += 1;
    }
    await this.totals.merge(read.ledger);
    this.#own.onChange();
    return { ok: true, added, wereThere, unreadable };
  }

  async #restore(portable: PortableTransfer): Promise<'added' | 'was-there' | 'unreadable'> {
    const { ports, transfers, newTransfer } = this.#own;
    const { id } = portable;
    if (id.startsWith(ADDITION_PREFIX)) return this.#restoreAddition(portable);
    const known = transfers.get(id);
    if (known !== undefined && !known.record.isHidden) return 'was-there';
    const infoBytes = await this.#infoOf(portable);
    if (infoBytes === 'wrong') return 'unreadable';
    if (infoBytes !== null) await ports.records.putInfo(id, infoBytes);
    if (known !== undefined) {
      // Off the list, with pieces of it: it is paused already.
      known.book.remember({ isHidden: false, addedAtMs: portable.addedAtMs });
      await known.book.persist();
      return 'added';
    }
    const record = restoredRecord(portable);
    await ports.records.put(record);
    newTransfer(record);
    return 'added';
  }

  async #restoreAddition(portable: PortableTransfer): Promise<'added' | 'was-there'> {
    const { ports, additions, newAddition } = this.#own;
    const { id, torrentUrls } = portable;
    const isSame = ({ record }: Addition) => record.torrentUrls.some((url) => torrentUrls.includes(url));
    if (additions.has(id) || [...additions.values()].some(isSame)) return 'was-there';
    const record = restoredRecord(portable);
    await ports.records.put(record);
    newAddition(record);
    return 'added';
  }

  /** Its info dictionary; `wrong` when that is not what its name says. */
  async #infoOf({ id, info }: PortableTransfer): Promise<Uint8Array | 'wrong' | null> {
    if (info === null) return null;
    try {
      const bytes = bytesOfBase64(info);
      const { infoHash } = await readInfo(bytes, this.#own.ports.sha1);
      return (infoHash as string) === id ? bytes : 'wrong';
    } catch {
      return 'wrong'; // no base64, or no info dictionary
    }
  }

  async #removeStray(name: string): Promise<boolean> {
    const { ports, transfers } = this.#own;
    if (this.#listed(name) !== null) return false;
    try {
      await ports.depot.remove(name as InfoHash);
    } catch {
      return false; // a page is at work in it
    }
    await ports.records.remove(name as TransferId);
    transfers.delete(name as TransferId);
    return true;
  }

  /** The transfer of the list whose directory this is. */
  #listed(name: string): Transfer | null {
    const transfer = this.#own.transfers.get(name as TransferId);
    return transfer === undefined || transfer.record.isHidden ? null : transfer;
  }
}

const sumOf = (places: readonly { readonly bytes: number }[]): number =>
  places.reduce((sum, { bytes }) => sum + bytes, 0);
