import type { SpeedComparison, SpeedOfCohort } from '../../model/statistics.ts';
import type { SpeedCount } from '../records/day-sums.ts';
import { speedOfStep } from '../records/speed-step.ts';

/** Below this, one slow line decides the median. */
const LEAST_DELIVERIES = 10;
/** Two-sided, one in twenty. */
const SURE_FROM_Z = 1.96;

/**
 * Compares deliveries with peers to those without, by the rank test of Mann and Whitney with its correction for ties: it
 * asks nothing of how speeds are spread, and needs no chance. Which deliveries have no peers was decided by lot, so what
 * differs is what peers did.
 */
export function compareSpeeds(counts: readonly SpeedCount[]): SpeedComparison {
  const mixed = cohort(counts, 'mixed');
  const control = cohort(counts, 'control');
  if (mixed.medianBytesPerS === null || control.medianBytesPerS === null) return tooFew(mixed, control);
  if (Math.min(mixed.deliveries, control.deliveries) < LEAST_DELIVERIES) return tooFew(mixed, control);
  const z = rankDifference(counts);
  const verdict = Math.abs(z) < SURE_FROM_Z ? 'no-difference' : z > 0 ? 'faster' : 'slower';
  return { mixed, control, ratio: mixed.medianBytesPerS / control.medianBytesPerS, verdict };
}

const tooFew = (mixed: SpeedOfCohort, control: SpeedOfCohort): SpeedComparison => ({
  mixed,
  control,
  ratio: null,
  verdict: 'too-few',
});

function cohort(counts: readonly SpeedCount[], name: SpeedCount['cohort']): SpeedOfCohort {
  const own = counts.filter((count) => count.cohort === name).toSorted((a, b) => a.step - b.step);
  const deliveries = own.reduce((sum, count) => sum + count.deliveries, 0);
  let before = 0;
  for (const count of own) {
    before += count.deliveries;
    if (before * 2 >= deliveries) return { deliveries, medianBytesPerS: speedOfStep(count.step) };
  }
  return { deliveries, medianBytesPerS: null };
}

/** How many standard deviations the ranks with peers are above what equal speeds would give. */
function rankDifference(counts: readonly SpeedCount[]): number {
  const steps = new Map<number, { mixed: number; control: number }>();
  for (const { step, cohort, deliveries } of counts) {
    const here = steps.get(step) ?? { mixed: 0, control: 0 };
    here[cohort] += deliveries;
    steps.set(step, here);
  }
  let mixed = 0;
  let control = 0;
  let wins = 0;
  let ties = 0;
  for (const [, here] of [...steps].toSorted(([a], [b]) => a - b)) {
    wins += here.mixed * (control + here.control / 2);
    mixed += here.mixed;
    control += here.control;
    const same = here.mixed + here.control;
    ties += same ** 3 - same;
  }
  const all = mixed + control;
  const variance = ((mixed * control) / 12) * (all + 1 - ties / (all * (all - 1)));
  return variance > 0 ? (wins - (mixed * control) / 2) / Math.sqrt(variance) : 0;
}
