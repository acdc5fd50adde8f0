import type { Patience, Policy } from '../../model/policy.ts';
import type { Demand } from '../schedule/plan-view.ts';
import type { OriginDesk } from './origin-desk.ts';

/**
 * By when bytes must be here. Null when there is no reason to spare the origins, or when it is not known yet what they
 * can do: "balanced" is to be as fast as they are.
 * @param gotBytes What came since `startedAtMs`, without what came in vain.
 */
export function demandOf(
  policy: Policy,
  patience: Patience,
  origins: readonly OriginDesk[],
  gotBytes: number,
  startedAtMs: number,
  nowMs: number,
): Demand | null {
  const elapsedS = (nowMs - startedAtMs) / 1_000;
  switch (policy) {
    case 'spare-origin':
      if (patience.type === 'deadline') return { type: 'deadline', inS: (patience.atMs - nowMs) / 1_000, elapsedS };
      return { type: 'rate', bytesPerS: patience.bytesPerS, elapsedS, gotBytes };
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
