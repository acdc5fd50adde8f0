/** Time for an answer to begin. Slow disks and cold caches of public archives need several seconds. */
const FIRST_BYTE_LIMIT_MS = 20_000;
/** Time between two parts of a body before the connection counts as dead. */
const STALL_LIMIT_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Aborts its `signal` when a connection has been silent for too long. One timer looks once a second, so that feeding it
 * with every part of a fast stream costs nothing.
 */
export class StallWatch {
  readonly #abort = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #silentMs = 0;
  #limitMs = FIRST_BYTE_LIMIT_MS;
  #isHeld = false;

  constructor() {
    this.#timer = setInterval(() => {
      if (this.#isHeld) return;
      this.#silentMs += LOOK_EVERY_MS;
      if (this.#silentMs >= this.#limitMs) this.#abort.abort();
    }, LOOK_EVERY_MS);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Bytes came, or are waited for from now on. */
  feed(): void {
    this.#isHeld = false;
    this.#silentMs = 0;
    this.#limitMs = STALL_LIMIT_MS;
  }

  /** Nobody reads until it is fed again: a silence that is ours is no fault of the origin. */
  hold(): void {
    this.#isHeld = true;
  }

  /** The stream is over; nothing fires after this. */
  end(): void {
    clearInterval(this.#timer);
  }
}
