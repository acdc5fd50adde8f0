import type { TransferId } from '../../model/ids.ts';
import type { Transfer } from '../transfer/transfer.ts';

/** What was uploaded and seeded is written down this often; a crash costs no more. */
const PERSIST_EVERY_MS = 60_000;
/** No look is further from the last one than this: the machine may have slept. */
const MOST_BETWEEN_LOOKS_MS = 5_000;

/** Counts how long transfers seed, and has them begin or stop when a goal is reached or set anew. */
export class SeedingWatch {
  readonly #hasReached: (transfer: Transfer) => boolean;
  readonly #reached = new Map<TransferId, boolean>();
  readonly #persistedAtMs = new Map<TransferId, number>();
  #lookedAtMs: number | null = null;

  constructor(hasReached: (transfer: Transfer) => boolean) {
    this.#hasReached = hasReached;
  }

  look(transfers: Iterable<Transfer>, nowMs: number): void {
    const passedMs = Math.min(nowMs - (this.#lookedAtMs ?? nowMs), MOST_BETWEEN_LOOKS_MS);
    this.#lookedAtMs = nowMs;
    for (const transfer of transfers) {
      if (transfer.isSeeding) this.#seeds(transfer, passedMs, nowMs);
      this.goalsChanged(transfer);
    }
  }

  /** Looks whether a transfer that is done has reached its goal, or has one to reach again. */
  goalsChanged(transfer: Transfer): void {
    const { id, record } = transfer;
    if (record.state.phase !== 'done') return;
    const reached = this.#hasReached(transfer);
    const before = this.#reached.get(id);
    this.#reached.set(id, reached);
    if (before !== undefined && before !== reached && record.isStored) {
      transfer.whileStopped(() => undefined).catch((error: unknown) => console.error('records', String(error)));
    }
  }

  #seeds({ id, book }: Transfer, passedMs: number, nowMs: number): void {
    book.remember({ seededMs: (book.record.seededMs ?? 0) + passedMs });
    const persistedAtMs = this.#persistedAtMs.get(id) ?? nowMs;
    if (nowMs - persistedAtMs < PERSIST_EVERY_MS && this.#persistedAtMs.has(id)) return;
    this.#persistedAtMs.set(id, nowMs);
    book.persist().catch((error: unknown) => console.error('records', String(error)));
  }
}
