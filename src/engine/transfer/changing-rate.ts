import { RateMeter } from './rate-meter.ts';

/** What came lately is believed when it differs this much from the mean; less may be chance. */
const CHANGE = 1.6;
/** A run tells how far it has come every 100 ms. */
const LATELY_MS = 250;

/** Bytes a second of a source, for decisions: one that has become much faster or slower is soon known to have. */
export class ChangingRate {
  readonly #mean = new RateMeter();
  readonly #lately = new RateMeter(LATELY_MS);

  get totalBytes(): number {
    return this.#mean.totalBytes;
  }

  start(nowMs: number): void {
    this.#mean.start(nowMs);
    this.#lately.start(nowMs);
  }

  stop(nowMs: number): void {
    this.#mean.stop(nowMs);
    this.#lately.stop(nowMs);
  }

  add(bytes: number, nowMs: number): void {
    this.#mean.add(bytes, nowMs);
    this.#lately.add(bytes, nowMs);
  }

  /** What it was over some seconds: for who looks at it, and for what is promised. */
  meanRate(nowMs: number): number {
    return this.#mean.rate(nowMs);
  }

  rate(nowMs: number): number {
    const mean = this.#mean.rate(nowMs);
    const lately = this.#lately.rate(nowMs);
    return lately > mean * CHANGE || lately * CHANGE < mean ? lately : mean;
  }
}
