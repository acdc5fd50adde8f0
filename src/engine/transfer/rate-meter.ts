/** Bytes that came this long ago count for 1/e of those that come now. */
const DEFAULT_MEMORY_MS = 2_000;

/**
 * Bytes a second, as a mean that forgets. Time is an argument; it must not go backwards. While it is stopped no time
 * passes for it: a source that was not asked for anything has not become slow.
 */
export class RateMeter {
  readonly #memoryMs: number;
  #weighted = 0;
  #total = 0;
  #startedAtMs: number | null = null;
  #stoppedAtMs: number | null = null;
  #idleMs = 0;
  #lastMs = 0;

  constructor(memoryMs = DEFAULT_MEMORY_MS) {
    this.#memoryMs = memoryMs;
  }

  get totalBytes(): number {
    return this.#total;
  }

  /** Begins to measure, before the first byte: the wait for it counts. */
  start(nowMs: number): void {
    if (this.#stoppedAtMs !== null) this.#idleMs += Math.max(nowMs - this.#stoppedAtMs, 0);
    this.#stoppedAtMs = null;
    if (this.#startedAtMs !== null) return;
    this.#startedAtMs = nowMs;
    this.#lastMs = nowMs;
  }

  /** Nothing is asked of the source any more: its rate stays what it is. */
  stop(nowMs: number): void {
    this.#stoppedAtMs ??= nowMs;
  }

  add(bytes: number, nowMs: number): void {
    if (this.#startedAtMs === null) this.start(nowMs);
    this.#forget(this.#busyMs(nowMs));
    this.#weighted += bytes;
    this.#total += bytes;
  }

  /** Bytes a second now; 0 before any came. */
  rate(nowMs: number): number {
    if (this.#startedAtMs === null || this.#total === 0) return 0;
    const atMs = this.#busyMs(nowMs);
    this.#forget(atMs);
    // Without the correction a young meter would report too little: its memory is not full yet.
    const ageMs = Math.max(atMs - this.#startedAtMs, 50);
    const seen = 1 - Math.exp(-ageMs / this.#memoryMs);
    return (this.#weighted / (this.#memoryMs * seen)) * 1_000;
  }

  /** The moment, on a clock that stands still while the meter is stopped. */
  #busyMs(nowMs: number): number {
    return (this.#stoppedAtMs ?? nowMs) - this.#idleMs;
  }

  #forget(nowMs: number): void {
    if (nowMs <= this.#lastMs) return;
    this.#weighted *= Math.exp(-(nowMs - this.#lastMs) / this.#memoryMs);
    this.#lastMs = nowMs;
  }
}
