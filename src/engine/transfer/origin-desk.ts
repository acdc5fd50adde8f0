import type { OriginFault } from '../../model/failure.ts';
import type { OriginUrl, PieceIndex } from '../../model/ids.ts';
import type { OriginView } from '../schedule/plan-view.ts';
import { afterBytes, afterFault, afterLie, isDropped, type OriginHealth, UNPROVEN } from './origin-health.ts';
import { RateMeter } from './rate-meter.ts';

/** Requests to one origin at a time, as a good download manager would: enough to hide its latency. */
const MAX_RUNS = 3;

/** What comes first comes in a burst, and shows no rate that lasts. */
const PROVEN_BYTES = 2_097_152;

/** What we know of one origin. */
export class OriginDesk {
  readonly origin: OriginUrl;
  readonly host: string;
  readonly barred = new Set<PieceIndex>();
  readonly rate = new RateMeter();
  #health: OriginHealth = UNPROVEN;
  #firstByteMs: number | null = null;
  #runs = 0;
  #bestBytesPerS = 0;

  constructor(origin: OriginUrl) {
    this.origin = origin;
    this.host = new URL(origin).host;
  }

  get health(): OriginHealth {
    return this.#health;
  }

  get isDropped(): boolean {
    return isDropped(this.#health);
  }

  isUsable(nowMs: number): boolean {
    return !this.isDropped && nowMs >= this.#health.restUntilMs;
  }

  runStarted(): void {
    this.#runs += 1;
  }

  /** The best it has shown, which is what it could bring if it were asked for more. */
  get bestBytesPerS(): number {
    return this.#bestBytesPerS;
  }

  runEnded(nowMs: number): void {
    this.#runs -= 1;
    if (this.#runs === 0) this.rate.stop(nowMs);
  }

  bytesCame(bytes: number, firstByteMs: number | null, nowMs: number): void {
    // The wait for a first byte is not part of the rate: it does not get longer with the run.
    if (firstByteMs !== null) this.rate.start(nowMs);
    this.rate.add(bytes, nowMs);
    if (this.rate.totalBytes >= PROVEN_BYTES) this.#bestBytesPerS = Math.max(this.#bestBytesPerS, this.rate.rate(nowMs));
    if (firstByteMs !== null) this.#firstByteMs = Math.min(this.#firstByteMs ?? firstByteMs, firstByteMs);
    if (bytes > 0) this.#health = afterBytes(this.#health);
  }

  failed(fault: OriginFault, status: number | null, retryAfterS: number | null, nowMs: number): void {
    this.#health = afterFault(this.#health, fault, status, retryAfterS, nowMs);
  }

  lied(): void {
    this.#health = afterLie(this.#health);
  }

  view(nowMs: number): OriginView {
    const rate = this.rate.rate(nowMs);
    return {
      origin: this.origin,
      maxRuns: MAX_RUNS,
      rateBytesPerS: rate > 0 ? rate : null,
      shownBytes: this.rate.totalBytes,
      firstByteMs: this.#firstByteMs,
      ignoresRanges: this.#health.ignoresRanges,
      barred: this.barred,
    };
  }
}
