import type { Demand } from '../schedule/plan-view.ts';

/** Peers need so long to be found and to connect. */
export const GRACE_S = 3;
/** What came faster than promised makes up for so many seconds without anything, and no more: a user sees only what is now. */
export const CREDIT_S = 5;
/** What a source that was too slow did not bring is not made up for, but for so many seconds of it. */
const DEBT_S = 3;

export type PromiseView = {
  readonly bytesPerS: number;
  /** What has come since the start; it never falls by much. */
  readonly gotBytes: number;
  /** Seconds since the start. */
  readonly atS: number;
  /** Whether there is nobody to wait for. */
  readonly isAlone: boolean;
};

/** A rate that is to be kept all along, not only on average over hours: what came long ago excuses no standstill. */
export class RatePromise {
  #last: PromiseView | null = null;
  #sinceS = 0;
  #aheadBytes = 0;

  /** What the promise asks for now. One that has just been given asks for little until peers can have come. */
  demand(view: PromiseView): Demand {
    const { bytesPerS, gotBytes, atS, isAlone } = view;
    const last = this.#last;
    this.#last = view;
    if (last?.bytesPerS !== bytesPerS) [this.#sinceS, this.#aheadBytes] = [atS, 0];
    else this.#aheadBytes += gotBytes - last.gotBytes - bytesPerS * (atS - last.atS);
    const graceS = isAlone ? 0 : Math.max(GRACE_S - (atS - this.#sinceS), 0);
    const leastBytes = graceS > 0 ? 0 : -DEBT_S * bytesPerS;
    this.#aheadBytes = Math.min(Math.max(this.#aheadBytes, leastBytes), CREDIT_S * bytesPerS);
    return { type: 'rate', bytesPerS, elapsedS: 0, gotBytes: this.#aheadBytes + graceS * bytesPerS };
  }
}
