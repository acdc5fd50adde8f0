/** What is assumed before the first answer. */
const ASSUMED_MS = 200;
/** An answer that took longer than the ones before counts for so much. */
const LONGER_GAIN = 0.5;
/** A block may take most of the time from question to answer, but never all of it. */
const LEAST_SHARE = 1 / 8;

/**
 * The time from request to answer of one peer, without the time that it needs to send a block.
 *
 * Only an answer that waited behind no other request shows it. While requests are queued, the time of each is that of the
 * queue, whatever the rate: taken for a round trip it would let the queue grow without end, and taken away from it by an
 * estimated rate it leaves nothing but the error of the estimate. Those answers only say what it is at most.
 */
export class RoundTrip {
  #ms = ASSUMED_MS;
  #hasAnswer = false;
  /** Of the last answer that waited behind none: its block's own time is known when the next one comes. */
  #unqueuedMs: number | null = null;

  get ms(): number {
    return this.#ms;
  }

  /** The same, or null before any answer has shown something. */
  get measuredMs(): number | null {
    return this.#ms === ASSUMED_MS && !this.#hasAnswer ? null : this.#ms;
  }

  /**
   * A block came.
   * @param tookMs Since it was asked for.
   * @param ahead Blocks that were owed when it was asked for.
   * @param sinceLastMs Since the block before.
   */
  answered(tookMs: number, ahead: number, sinceLastMs: number): void {
    if (ahead === 0) {
      this.#unqueuedMs = tookMs;
      this.#shows(tookMs);
      return;
    }
    if (this.#unqueuedMs !== null) {
      this.#ms = Math.min(this.#ms, Math.max(this.#unqueuedMs - sinceLastMs, this.#unqueuedMs * LEAST_SHARE));
      this.#unqueuedMs = null;
    }
    this.#ms = Math.max(Math.min(this.#ms, tookMs), 1);
  }

  #shows(tookMs: number): void {
    const isLonger = this.#hasAnswer && tookMs > this.#ms;
    this.#ms = Math.max(isLonger ? this.#ms + LONGER_GAIN * (tookMs - this.#ms) : tookMs, 1);
    this.#hasAnswer = true;
  }
}
