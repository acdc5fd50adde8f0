import { CREDIT_S, GRACE_S } from '../../../src/engine/transfer/rate-promise.ts';

/**
 * How far a download is ahead of a promised rate (src/engine/transfer/rate-promise.ts), or behind it: what came, less
 * what was due. It owes nothing while the grace lasts, and what came faster counts for the seconds of credit, no more.
 * Nothing that is lacking is forgiven.
 */
export class PromiseBalance {
  readonly #bytesPerS: number;
  #atS = 0;
  /** Bytes ahead; less than 0 behind. */
  bytes = 0;
  /** How far it was behind at worst, in seconds of the rate. */
  worstBehindS = 0;

  constructor(bytesPerS: number) {
    this.#bytesPerS = bytesPerS;
  }

  /** So much time passes, and brings so much. */
  pass(stepS: number, bytes: number): void {
    this.#atS += stepS;
    this.bytes = Math.min(this.bytes + bytes - this.#bytesPerS * stepS, CREDIT_S * this.#bytesPerS);
    if (this.#atS < GRACE_S) this.bytes = Math.max(this.bytes, 0);
    this.worstBehindS = Math.max(this.worstBehindS, -this.bytes / this.#bytesPerS);
  }
}
