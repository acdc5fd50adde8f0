import type { TransferRecord } from './transfer-record.ts';
import { nextState, type TransferEvent } from './transfer-state.ts';

/** Something that a screen would show has changed: figures, which change all the time, or what a transfer does now. */
export type OnChange = (what: 'figures' | 'state') => void;

export type BookPorts = {
  readonly write: (record: TransferRecord) => Promise<void>;
  readonly onChange: OnChange;
  /** Told of every change, with what the record was and is. */
  readonly note?: (before: TransferRecord, after: TransferRecord) => void;
};

/** A transfer's record, and the only way to change it. */
export class TransferBook {
  #record: TransferRecord;
  readonly #ports: BookPorts;

  constructor(record: TransferRecord, ports: BookPorts) {
    this.#record = record;
    this.#ports = ports;
  }

  get record(): TransferRecord {
    return this.#record;
  }

  /** Changes the record in memory; `persist` makes it last. */
  remember(changes: Partial<TransferRecord>): void {
    const before = this.#record;
    this.#record = { ...before, ...changes };
    this.#ports.note?.(before, this.#record);
    this.#ports.onChange(changes.state === undefined ? 'figures' : 'state');
  }

  move(event: TransferEvent): void {
    this.remember({ state: nextState(this.#record.state, event) });
  }

  /** Resolves when the record is on the disk. */
  persist(): Promise<void> {
    return this.#ports.write(this.#record);
  }
}
