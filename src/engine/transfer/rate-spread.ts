const SLOT_MS = 1_000;
/** Gains of the mean and of the deviation, as TCP has them for round trips (RFC 6298). */
const MEAN_GAIN = 1 / 8;
const SPREAD_GAIN = 1 / 4;

/** How evenly bytes come: mean distance of the rate of one second from its mean. Time is an argument. */
export class RateSpread {
  #slotFromMs: number | null = null;
  #slotBytes = 0;
  #mean: number | null = null;
  #spread: number | null = null;

  /** Bytes a second; null before there were two seconds to compare. */
  get spreadBytesPerS(): number | null {
    return this.#spread;
  }

  /** Bytes are waited for from now on; silence before does not count. */
  start(nowMs: number): void {
    this.#slotFromMs = nowMs;
    this.#slotBytes = 0;
  }

  add(bytes: number, nowMs: number): void {
    this.#slotFromMs ??= nowMs;
    this.#slotBytes += bytes;
    const tookMs = nowMs - this.#slotFromMs;
    if (tookMs < SLOT_MS) return;
    this.#sample((this.#slotBytes * 1_000) / tookMs);
    this.start(nowMs);
  }

  #sample(rate: number): void {
    if (this.#mean === null) {
      this.#mean = rate;
      return;
    }
    const distance = Math.abs(rate - this.#mean);
    this.#spread = this.#spread === null ? distance : this.#spread + SPREAD_GAIN * (distance - this.#spread);
    this.#mean += MEAN_GAIN * (rate - this.#mean);
  }
}
