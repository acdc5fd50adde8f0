/** What came before counts so much less with each answer. */
const MEMORY = 0.9;
/** What is asked ahead covers the wait so many times: answers take longer now and then. */
const COVER = 2;
/** Clocks of browsers are coarse. */
const LEAST_BODY_MS = 1;

/** How long a host takes to begin its answers, and how fast their bodies come. Times are in milliseconds. */
export class AnswerPace {
  #answers = 0;
  #waitMs = 0;
  #bodyMs = 0;
  #bodyBytes = 0;

  /** An answer began. @param waitedMs Since it was asked for. */
  began(waitedMs: number): void {
    this.#answers = this.#answers * MEMORY + 1;
    this.#waitMs = this.#waitMs * MEMORY + waitedMs;
  }

  /** A body came, as far as it was read. */
  came(bytes: number, tookMs: number): void {
    this.#bodyBytes = this.#bodyBytes * MEMORY + bytes;
    this.#bodyMs = this.#bodyMs * MEMORY + Math.max(tookMs, LEAST_BODY_MS);
  }

  /**
   * Bytes that come in the time that an answer takes to begin: asked for ahead, they cover that wait. More would only
   * share the host's rate with what is wanted first. 0 before anything came.
   */
  get coverBytes(): number {
    if (this.#answers === 0 || this.#bodyMs === 0) return 0;
    return COVER * (this.#waitMs / this.#answers) * (this.#bodyBytes / this.#bodyMs);
  }
}
