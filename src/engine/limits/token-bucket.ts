/** What was not taken is kept for so long, unless another time is given: a pause between two looks costs nothing. */
const BURST_S = 0.5;

/**
 * Bytes that may pass at a rate. Who takes may take more than there is: the next one waits until that is paid back, so
 * the rate holds whatever the sizes are. It begins empty. Time is an argument; it must not go backwards.
 */
export class TokenBucket {
  readonly #burstS: number;
  #bytesPerS: number | null = null;
  #bytes = 0;
  #atMs = 0;

  constructor(burstS = BURST_S) {
    this.#burstS = burstS;
  }

  get bytesPerS(): number | null {
    return this.#bytesPerS;
  }

  /** @param bytesPerS Null: no limit. */
  setRate(bytesPerS: number | null, nowMs: number): void {
    this.#fill(nowMs);
    if (this.#bytesPerS === null) this.#bytes = 0;
    this.#bytesPerS = bytesPerS;
    // A debt of a faster time is paid within a short one.
    if (bytesPerS !== null) this.#bytes = Math.max(this.#bytes, -bytesPerS * this.#burstS - 16_384);
  }

  /** Bytes that may be taken now; 0 or less: none. */
  available(nowMs: number): number {
    this.#fill(nowMs);
    return this.#bytesPerS === null ? Number.POSITIVE_INFINITY : this.#bytes;
  }

  /** Milliseconds until something may be taken; 0 when it may be now, infinite at a rate of nothing. */
  waitMs(nowMs: number): number {
    const bytes = this.available(nowMs);
    if (bytes > 0) return 0;
    return ((1 - bytes) / (this.#bytesPerS ?? 1)) * 1_000;
  }

  take(bytes: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#bytes -= bytes;
  }

  /** What was taken did not pass. */
  giveBack(bytes: number): void {
    this.#bytes += bytes;
  }

  #fill(nowMs: number): void {
    const rate = this.#bytesPerS;
    const passedS = Math.max(nowMs - this.#atMs, 0) / 1_000;
    this.#atMs = Math.max(nowMs, this.#atMs);
    if (rate === null) this.#bytes = 0;
    else this.#bytes = Math.min(this.#bytes + rate * passedS, Math.max(rate * this.#burstS, 1));
  }
}
