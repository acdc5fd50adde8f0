import type { EnginePorts } from '../ports.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import { dayOf } from './day-of.ts';
import { changeOf } from './ledger-change.ts';
import { currentTotals, EMPTY_TOTALS, merged, type StoredTotals, withChange } from './stored-totals.ts';

/** What came since the last time is written down this often, and whenever a transfer stops. */
const WRITE_EVERY_MS = 5_000;

/** Counts bytes by source over all transfers, also those that are removed later. Nothing of private windows is counted. */
export class TotalsKeeper {
  readonly #ports: Pick<EnginePorts, 'records' | 'clock'>;
  #totals: StoredTotals = EMPTY_TOTALS;
  #isWritten = true;
  #cancelWrite: (() => void) | null = null;

  constructor(ports: Pick<EnginePorts, 'records' | 'clock'>) {
    this.#ports = ports;
  }

  get totals(): StoredTotals {
    return this.#totals;
  }

  /** Reads what was counted before. To be awaited before anything runs. */
  async load(): Promise<void> {
    this.#totals = currentTotals((await this.#ports.records.totals()) ?? EMPTY_TOTALS);
  }

  /** A transfer's record has changed. */
  note(before: TransferRecord, after: TransferRecord): void {
    if (after.isPrivateWindow) return;
    const change = changeOf(before, after);
    if (change === null) return;
    this.#totals = withChange(this.#totals, dayOf(this.#ports.clock.nowMs()), change);
    this.#isWritten = false;
    this.#cancelWrite ??= this.#ports.clock.after(WRITE_EVERY_MS, () => void this.flush());
  }

  /** Takes over what another copy of these totals knows. Resolves when it is on the disk. */
  async merge(theirs: StoredTotals): Promise<void> {
    this.#totals = merged(this.#totals, theirs);
    this.#isWritten = false;
    await this.flush();
  }

  /** Writes down what is not yet; what cannot be written is tried again later. Never rejects. */
  async flush(): Promise<void> {
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    if (this.#isWritten) return;
    this.#isWritten = true;
    await this.#ports.records.putTotals(this.#totals).catch((error: unknown) => {
      this.#isWritten = false;
      this.#cancelWrite ??= this.#ports.clock.after(WRITE_EVERY_MS, () => void this.flush());
      console.error('records', String(error));
    });
  }
}
