import { CREDIT_S, GRACE_S } from '../../../src/engine/transfer/rate-promise.ts';

/**
 * Looks whether a promised rate is kept all along: in every stretch of time after the grace, no less may come than
 * promised but for the seconds of credit. What came before the grace was over counts as credit, too.
 */
export class PromiseWatch {
  readonly #bytesPerS: number;
  #atS = 0;
  #gotBytes = 0;
  #aheadBytes = 0;
  #leastAheadBytes = 0;

  constructor(bytesPerS: number) {
    this.#bytesPerS = bytesPerS;
  }

  /** Told often: what has come by now and was not in vain. */
  look(atS: number, gotBytes: number): void {
    const rate = this.#bytesPerS;
    const aheadBytes = this.#aheadBytes + gotBytes - this.#gotBytes - rate * (atS - this.#atS);
    [this.#atS, this.#gotBytes] = [atS, gotBytes];
    this.#aheadBytes = Math.min(atS <= GRACE_S ? Math.max(aheadBytes, 0) : aheadBytes, CREDIT_S * rate);
    this.#leastAheadBytes = Math.min(this.#leastAheadBytes, this.#aheadBytes);
  }

  /** The seconds of the rate that were missed most, besides the credit; 0 when it was kept. */
  get behindS(): number {
    return this.#leastAheadBytes === 0 ? 0 : -this.#leastAheadBytes / this.#bytesPerS;
  }
}
