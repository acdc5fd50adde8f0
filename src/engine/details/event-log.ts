import type { TransferId } from '../../model/ids.ts';
import type { LogEntry } from '../../model/transfer-details.ts';

/** What is logged, before the moment is added. */
export type LogEvent = LogEntry extends infer Entry ? (Entry extends unknown ? Omit<Entry, 'atMs'> : never) : never;

const MAX_ENTRIES = 500;
/** Transfers whose log is kept: those to which something happened last. */
const MAX_LOGS = 200;

/** What happened to each transfer since the engine started, in memory alone: the newest 500 entries of 200 transfers. */
export class EventLog {
  readonly #logs = new Map<TransferId, LogEntry[]>();

  add(id: TransferId, atMs: number, event: LogEvent): void {
    const entries = this.#logs.get(id) ?? [];
    this.#logs.delete(id); // the one that was written last is the last to go
    this.#logs.set(id, entries);
    entries.push({ atMs, ...event } as LogEntry);
    if (entries.length > MAX_ENTRIES) entries.splice(0, entries.length - MAX_ENTRIES);
    const [oldest] = this.#logs.keys();
    if (this.#logs.size > MAX_LOGS && oldest !== undefined) this.#logs.delete(oldest);
  }

  /** In order of time: some things are heard a moment after they happened. */
  of(id: TransferId): LogEntry[] {
    return (this.#logs.get(id) ?? []).toSorted((a, b) => a.atMs - b.atMs);
  }

  delete(id: TransferId): void {
    this.#logs.delete(id);
  }
}
