import type { TransferId } from '../../model/ids.ts';
import type { LogEntry, SpeedsDetail } from '../../model/transfer-details.ts';
import type { Clock, EnginePorts } from '../ports.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import type { TransferRun } from '../transfer/transfer-run.ts';
import type { TransferEvent } from '../transfer/transfer-state.ts';
import { EventLog } from './event-log.ts';
import { eventOfMove } from './event-of-move.ts';
import { listeningPorts } from './listening-ports.ts';
import { RunWatch } from './run-watch.ts';
import { noSpeeds, SAMPLE_S } from './speed-history.ts';

/** Transfers of which is remembered what was here when they stopped. */
const MAX_MARKS = 32;

/** What is remembered of transfers for whoever wants to know details: speeds while they run, and what happened. */
export class Chronicle {
  readonly #clock: Clock;
  readonly #log = new EventLog();
  readonly #watches = new Map<TransferId, RunWatch>();
  /** What was here when the last runs ended: one mark a piece. */
  readonly #marks = new Map<TransferId, Uint8Array>();
  #stopLooking: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The ports for a run of a transfer: what comes in through them is heard here, too. */
  portsFor(id: TransferId, ports: EnginePorts): EnginePorts {
    return listeningPorts(ports, {
      peerJoined: (peer) => this.#watches.get(id)?.peerJoined(peer, this.#clock.nowMs()),
      peerLeft: (peer) => this.#watches.get(id)?.peerLeft(peer, this.#clock.nowMs()),
      stored: (event) => this.#watches.get(id)?.heard(event, this.#clock.nowMs()),
    });
  }

  /** Follows a run until the returned function is called. One timer serves all of them. */
  follow(id: TransferId, run: TransferRun): () => void {
    const watch = new RunWatch(run, (event, atMs) => this.#log.add(id, atMs, event), this.#clock.nowMs());
    this.#watches.set(id, watch);
    this.#stopLooking ??= this.#clock.every(SAMPLE_S * 1_000, () => this.#look());
    return () => {
      if (this.#watches.get(id) === watch) this.#watches.delete(id);
      if (run.marks !== null) this.#keepMarks(id, run.marks);
      if (this.#watches.size > 0) return;
      this.#stopLooking?.();
      this.#stopLooking = null;
    };
  }

  /** A transfer's state has changed, or was told to. */
  moved(before: TransferRecord, after: TransferRecord, event: TransferEvent): void {
    const what = eventOfMove(before, after, event);
    for (const one of what) this.#log.add(after.id, this.#clock.nowMs(), one);
  }

  /** Only of a run; what was before it is forgotten. */
  speeds(id: TransferId): SpeedsDetail {
    return this.#watches.get(id)?.speeds.detail() ?? noSpeeds(this.#clock.nowMs());
  }

  /** What was here when a transfer last ran, one mark a piece (journal.ts); null when that is not remembered. */
  lastMarks(id: TransferId): Uint8Array | null {
    return this.#marks.get(id) ?? null;
  }

  log(record: TransferRecord): LogEntry[] {
    return [{ atMs: record.addedAtMs, what: 'added' }, ...this.#log.of(record.id)];
  }

  /** A transfer is gone. */
  delete(id: TransferId): void {
    this.#log.delete(id);
    this.#marks.delete(id);
  }

  #keepMarks(id: TransferId, marks: Uint8Array): void {
    this.#marks.delete(id);
    this.#marks.set(id, marks);
    const [oldest] = this.#marks.keys();
    if (this.#marks.size > MAX_MARKS && oldest !== undefined) this.#marks.delete(oldest);
  }

  #look(): void {
    const nowMs = this.#clock.nowMs();
    for (const watch of this.#watches.values()) watch.look(nowMs);
  }
}
