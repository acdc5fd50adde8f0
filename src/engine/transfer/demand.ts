import type { Patience, Policy } from '../../model/policy.ts';
import type { Demand } from '../schedule/plan-view.ts';
import type { OriginDesk } from './origin-desk.ts';
import type { RatePromise } from './rate-promise.ts';

/** How far a download has come. */
export type Progress = {
  readonly origins: readonly OriginDesk[];
  /** Whether nobody can be expected in the swarm. */
  readonly isAlone: boolean;
  /** What came since the start, without what came in vain. */
  readonly gotBytes: number;
  readonly elapsedS: number;
  readonly nowMs: number;
};

/**
 * By when bytes must be here. Null when there is no reason to spare the origins, or when it is not known yet what they
 * can do: "balanced" is to be as fast as they are.
 * @param promise What is remembered of a least rate between two calls.
 */
export function demandOf(policy: Policy, patience: Patience, promise: RatePromise, progress: Progress): Demand | null {
  const { origins, isAlone, gotBytes, elapsedS, nowMs } = progress;
  switch (policy) {
    case 'spare-origin':
      if (patience.type === 'deadline') return { type: 'deadline', inS: (patience.atMs - nowMs) / 1_000, elapsedS };
      return promise.demand({ bytesPerS: patience.bytesPerS, gotBytes, atS: elapsedS, isAlone });
    case 'balanced': {
      let bytesPerS = 0;
      for (const desk of origins) if (desk.isUsable(nowMs)) bytesPerS += desk.bestBytesPerS;
      return bytesPerS === 0 ? null : { type: 'rate', bytesPerS, elapsedS, gotBytes };
    }
    case 'fastest':
    case 'peers-off':
    case 'origins-off':
      return null;
  }
}
