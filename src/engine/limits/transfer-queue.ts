import type { TransferId } from '../../model/ids.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import type { QueueStanding } from '../transfer/transfer-rules.ts';
import { chooseRunning } from './choose-running.ts';
import { IdleTime } from './idle-time.ts';
import { movedKeys } from './queue-keys.ts';

export type QueuePorts = {
  readonly transfers: () => Iterable<Transfer>;
  readonly nowMs: () => number;
  readonly maxRunning: () => number;
  /** Nothing at all is to run. */
  readonly isHalted: () => boolean;
};

/**
 * Which transfers fetch now, and in which order the others follow. Those that wait keep their state and nothing else: no
 * swarm, no open store. What is staged or done does not count, nor what puts its files into the Downloads folder.
 */
export class TransferQueue {
  readonly #ports: QueuePorts;
  readonly #idle = new Map<TransferId, IdleTime>();

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  /** Notes who gets on. To be called about once a second. */
  look(): void {
    const nowMs = this.#ports.nowMs();
    for (const transfer of this.#ports.transfers()) {
      const idle = this.#idleOf(transfer);
      if (transfer.run === null || !isInQueue(transfer)) idle.stopped();
      else idle.look(progressOf(transfer, nowMs), nowMs);
    }
  }

  /** Stops what runs out of its turn, and lets those go on whose turn has come. */
  arrange(): void {
    const turn = this.#turn();
    for (const transfer of this.#ports.transfers()) {
      if (may(transfer, turn)) transfer.release();
      else transfer.hold();
    }
  }

  mayRun(transfer: Transfer): boolean {
    return may(transfer, this.#turn());
  }

  /** Where everybody stands; asked for all at once, because each place depends on all. */
  standings(): (transfer: Transfer) => QueueStanding {
    const turn = this.#turn();
    const places = new Map(this.#order().map(({ id }, index) => [id, index + 1]));
    return (transfer) => ({
      isWaiting: isInQueue(transfer) && !may(transfer, turn),
      queuePlace: places.get(transfer.id) ?? null,
    });
  }

  /** See `queue.move` of the commands. */
  async move(ids: readonly TransferId[], before: TransferId | null): Promise<void> {
    const order = this.#order();
    const places = order.map(({ id, record }) => ({ id, key: keyOf(record) }));
    const changed = new Map(movedKeys(places, ids, before).map(({ id, key }) => [id, key]));
    for (const { id, book } of order) {
      const queueKey = changed.get(id);
      if (queueKey === undefined) continue;
      this.#idle.get(id)?.forget();
      book.remember({ queueKey });
      await book.persist();
    }
    this.arrange();
  }

  /** See `queue.start-now` of the commands. */
  async startNow(transfer: Transfer): Promise<void> {
    this.#idle.get(transfer.id)?.forget();
    transfer.book.remember({ isForced: true });
    const { phase } = transfer.record.state;
    if (phase === 'paused' || phase === 'failed') await transfer.resume();
    else await transfer.book.persist();
    this.arrange();
  }

  #turn(): Turn {
    return { isHalted: this.#ports.isHalted(), running: this.#chosen() };
  }

  #chosen(): Set<TransferId> {
    const entries = [...this.#ports.transfers()].filter(isInQueue).map((transfer) => {
      const { id, record } = transfer;
      const { isStalled, stalledAtMs } = this.#idleOf(transfer);
      // Somebody waits for what is played, and for what a click on a publisher's link began.
      const isForced = record.isForced === true || record.delivery != null || transfer.players.isPlayed;
      return { id, key: keyOf(record), isForced, isStalled, stalledAtMs };
    });
    return chooseRunning(entries, this.#ports.maxRunning());
  }

  /** All that is to be fetched, paused or not, in the order in which it runs. */
  #order(): Transfer[] {
    const waiting = [...this.#ports.transfers()].filter(
      ({ record: { isHidden, isStaged, state } }) => !isHidden && !isStaged && state.phase !== 'done',
    );
    return waiting.sort((a, b) => keyOf(a.record) - keyOf(b.record));
  }

  #idleOf({ id }: Transfer): IdleTime {
    const known = this.#idle.get(id) ?? new IdleTime();
    this.#idle.set(id, known);
    return known;
  }
}

/** Whose turn it is. Found out once for all transfers: with thousands of them what is asked of each of them counts. */
type Turn = { readonly isHalted: boolean; readonly running: ReadonlySet<TransferId> };

function may(transfer: Transfer, { isHalted, running }: Turn): boolean {
  const { isStaged, state, recheck } = transfer.record;
  // What is staged fetches no piece and shares nothing, and what is saved or only looked through is here already.
  if (isStaged || state.phase === 'saving' || recheck === 'then-pause') return true;
  return !isHalted && (!isInQueue(transfer) || running.has(transfer.id));
}

/** Whether it has something to fetch that is fetched in turn. */
const isInQueue = ({ isRunning, record: { isStaged, state, recheck } }: Transfer): boolean =>
  isRunning && !isStaged && state.phase !== 'saving' && recheck !== 'then-pause';

const keyOf = ({ queueKey, addedAtMs }: TransferRecord): number => queueKey ?? addedAtMs;

/** Differs when it has got on. Looking through the store may take long, and nothing comes meanwhile. */
function progressOf({ record, run }: Transfer, nowMs: number): string {
  const { download } = run?.live ?? {};
  if (record.state.phase === 'checking') return `checking ${nowMs}`;
  const bytes = (download?.peerRate.totalBytes ?? 0) + (download?.originRate.totalBytes ?? 0);
  return `${record.state.phase} ${bytes}`;
}
