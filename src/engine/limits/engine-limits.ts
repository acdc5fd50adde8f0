import type { Settings } from '../../model/settings.ts';
import type { EnginePorts } from '../ports.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { QueueStanding, TransferRules } from '../transfer/transfer-rules.ts';
import { TransferQueue } from './transfer-queue.ts';

/** Who gets on, who is done seeding, what is shared out: all of that is looked at this often. */
const LOOK_EVERY_MS = 1_000;

export type EngineLimitsPorts = {
  readonly ports: EnginePorts;
  readonly transfers: () => Iterable<Transfer>;
  readonly settings: () => Settings;
};

/** What holds for all transfers together: the queue and the limits. It works on transfers from outside. */
export class EngineLimits {
  readonly queue: TransferQueue;
  readonly #own: EngineLimitsPorts;
  #isArranging = false;
  #standing: ((transfer: Transfer) => QueueStanding) | null = null;

  constructor(own: EngineLimitsPorts) {
    this.#own = own;
    this.queue = new TransferQueue({
      transfers: own.transfers,
      nowMs: () => own.ports.clock.nowMs(),
      maxRunning: () => own.settings().maxRunning,
      isHalted: () => this.isHalted,
    });
  }

  /** What transfers ask. */
  get rules(): TransferRules {
    return {
      mayRun: (transfer) => this.queue.mayRun(transfer),
      standing: (transfer) => (this.#standing ?? this.queue.standings())(transfer),
    };
  }

  /** Nothing is to run. */
  get isHalted(): boolean {
    return this.#own.settings().isAllPaused;
  }

  /** Begins to look. To be called once, when all transfers are known. */
  start(): void {
    this.#own.ports.clock.every(LOOK_EVERY_MS, () => {
      this.queue.look();
      this.queue.arrange();
    });
  }

  /** Something has changed that decides who runs: it is looked at when the change is complete. */
  changed(): void {
    if (this.#isArranging) return;
    this.#isArranging = true;
    queueMicrotask(() => {
      this.#isArranging = false;
      this.queue.arrange();
    });
  }

  /** Makes views of many: their places in the queue are found out once. */
  viewing<T>(make: () => T): T {
    this.#standing = this.queue.standings();
    try {
      return make();
    } finally {
      this.#standing = null;
    }
  }
}
