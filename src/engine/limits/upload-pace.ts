import type { PeerId } from '../../model/ids.ts';
import type { Clock } from '../ports.ts';
import { TokenBucket } from './token-bucket.ts';

/** Whoever waits is served at once: nothing need be kept for later. */
const BURST_S = 0.1;

/** One block that a peer has asked for, and that is to wait for its turn. */
export type UploadAsk = {
  readonly transfer: string;
  readonly peer: PeerId | null;
  readonly bytes: number;
  /** Asked when its turn comes: nothing is counted for a block that nobody can be given any more. */
  readonly isWanted: () => boolean;
};

type Waiting = UploadAsk & { readonly go: () => void };

/**
 * Lets blocks go out no faster than the limits allow, that of all transfers and that of each. Peers take turns, so that
 * one with many requests does not keep the others waiting until they give up; each is answered in its own order.
 */
export class UploadPace {
  readonly #clock: Clock;
  readonly #all = new TokenBucket(BURST_S);
  readonly #own = new Map<string, TokenBucket>();
  /** By transfer and peer; whoever was served goes to the end. */
  readonly #waiting = new Map<string, Waiting[]>();
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param own Limits of transfers that have one. Null: none. */
  setRates(all: number | null, own: ReadonlyMap<string, number>): void {
    const nowMs = this.#clock.nowMs();
    if (this.#all.bytesPerS !== all) this.#all.setRate(all, nowMs);
    for (const id of this.#own.keys()) if (!own.has(id)) this.#own.delete(id);
    for (const [id, bytesPerS] of own) {
      const bucket = this.#own.get(id) ?? new TokenBucket(BURST_S);
      this.#own.set(id, bucket);
      if (bucket.bytesPerS !== bytesPerS) bucket.setRate(bytesPerS, nowMs);
    }
    this.#serve();
  }

  /** Resolves when the block may go out: at once when nothing limits it. */
  turn(ask: UploadAsk): Promise<void> {
    if (this.#all.bytesPerS === null && !this.#own.has(ask.transfer)) return Promise.resolve();
    return new Promise((go) => {
      const key = `${ask.transfer} ${ask.peer}`;
      const queue = this.#waiting.get(key) ?? [];
      queue.push({ ...ask, go });
      this.#waiting.set(key, queue);
      this.#serve();
    });
  }

  #serve(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const nowMs = this.#clock.nowMs();
    let waitMs = Number.POSITIVE_INFINITY;
    let hasServed = true;
    while (hasServed && this.#waiting.size > 0) {
      hasServed = false;
      waitMs = Number.POSITIVE_INFINITY;
      for (const [key, queue] of [...this.#waiting]) {
        const ask = queue[0] as Waiting;
        const own = this.#own.get(ask.transfer);
        const askWaitMs = Math.max(this.#all.waitMs(nowMs), own?.waitMs(nowMs) ?? 0);
        waitMs = Math.min(waitMs, askWaitMs);
        if (ask.isWanted() && askWaitMs > 0) continue;
        queue.shift();
        this.#waiting.delete(key);
        if (queue.length > 0) this.#waiting.set(key, queue);
        if (ask.isWanted()) {
          this.#all.take(ask.bytes, nowMs);
          own?.take(ask.bytes, nowMs);
        }
        ask.go();
        hasServed = true;
      }
    }
    if (this.#waiting.size > 0 && Number.isFinite(waitMs)) {
      this.#cancelTimer = this.#clock.after(Math.ceil(waitMs), () => this.#serve());
    }
  }
}
