/** A debt is not remembered beyond what passes in so many seconds, and what was not taken for less. */
const MOST_S = 1;
const MOST_CREDIT_S = 0.25;
/** This part of it is paid back within a second. */
const PAID_SHARE = 0.25;

/**
 * What was taken beyond a limit, because those who share it may take more for a moment, or less: it is evened out over
 * the next seconds, so that the limit holds on the whole.
 */
export class RateDebt {
  #bytes = 0;

  /** So many bytes were taken in so many seconds. @param limitBytesPerS Null: there was no limit. */
  took(bytes: number, limitBytesPerS: number | null, seconds: number): void {
    if (limitBytesPerS === null) this.#bytes = 0;
    else {
      const over = this.#bytes + bytes - limitBytesPerS * seconds;
      this.#bytes = Math.min(Math.max(over, -limitBytesPerS * MOST_CREDIT_S), limitBytesPerS * MOST_S);
    }
  }

  /** The limit for the next second. */
  paid(limitBytesPerS: number): number {
    const share = Math.min(Math.max(this.#bytes, -limitBytesPerS), limitBytesPerS) * PAID_SHARE;
    return limitBytesPerS - share;
  }
}
