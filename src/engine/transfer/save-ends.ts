import type { SaveState } from '../../model/host-link.ts';
import type { Clock, Saver } from '../ports.ts';

/** The browser tells when a file is saved; it is also asked, because a word can be lost with a process. */
const ASK_EVERY_MS = 2_000;

type Waiter = { readonly resolve: (end: SaveState) => void; readonly reject: (reason: unknown) => void };

/**
 * Hears how the browser's copies of files end. A small file is often saved before anybody waits for it, and even before
 * the number of its download is known here: such an end is kept until somebody asks.
 */
export class SaveEnds {
  readonly #saver: Saver;
  readonly #early = new Map<number, SaveState>();
  readonly #waiting = new Map<number, Waiter>();
  readonly #stopHearing: () => void;
  #stopped: { readonly reason: unknown } | null = null;

  /** Hears until it is stopped. To be made before the first copy is begun. */
  constructor(saver: Saver, clock: Clock) {
    this.#saver = saver;
    const stopListening = saver.onChanged((downloadId, state) => this.#hear(downloadId, state));
    const stopAsking = clock.every(ASK_EVERY_MS, () => this.#ask());
    this.#stopHearing = () => {
      stopListening();
      stopAsking();
    };
  }

  /** Resolves when the copy is no longer in progress; rejects with the reason of `stop` when that comes first. */
  endOf(downloadId: number): Promise<SaveState> {
    const early = this.#early.get(downloadId);
    this.#early.delete(downloadId);
    if (early !== undefined) return Promise.resolve(early);
    if (this.#stopped !== null) return Promise.reject(this.#stopped.reason);
    return new Promise((resolve, reject) => this.#waiting.set(downloadId, { resolve, reject }));
  }

  /** Nobody waits any longer. Only the first call counts. */
  stop(reason: unknown): void {
    if (this.#stopped !== null) return;
    this.#stopped = { reason };
    this.#stopHearing();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #hear(downloadId: number, state: SaveState): void {
    if (state.state === 'in-progress') return void this.#early.delete(downloadId);
    const waiter = this.#waiting.get(downloadId);
    this.#waiting.delete(downloadId);
    if (waiter === undefined) this.#early.set(downloadId, state);
    else waiter.resolve(state);
  }

  #ask(): void {
    for (const downloadId of this.#waiting.keys()) {
      const answered = (state: SaveState) => this.#waiting.has(downloadId) && this.#hear(downloadId, state);
      this.#saver.state(downloadId).then(answered, () => undefined);
    }
  }
}
