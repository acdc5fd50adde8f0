/** How long downloads keep back after a page has begun to load. */
const QUIET_MS = 10_000;
/** They keep this part of what they took when it began. */
const QUIET_SHARE = 0.25;
/** But never less: it does not keep a page from loading. */
const LEAST_BYTES_PER_S = 100_000;

/** The time in which pages of the user's load, and what downloads may take meanwhile. */
export class QuietTime {
  #untilMs = Number.NEGATIVE_INFINITY;
  #bytesPerS = LEAST_BYTES_PER_S;

  /** A page begins to load. @param usedBytesPerS What downloads take now. */
  begin(usedBytesPerS: number, nowMs: number): void {
    // Another page within that time does not make it quieter still.
    if (nowMs >= this.#untilMs) this.#bytesPerS = Math.max(usedBytesPerS * QUIET_SHARE, LEAST_BYTES_PER_S);
    this.#untilMs = nowMs + QUIET_MS;
  }

  /** What downloads may take now; null when no page loads. */
  bytesPerS(nowMs: number): number | null {
    return nowMs < this.#untilMs ? this.#bytesPerS : null;
  }
}
