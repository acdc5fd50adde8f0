import type { SeedingGoals } from '../../model/settings.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';

const HOUR_MS = 3_600_000;

/** The goal that a transfer has reached by seeding; null when there is none, or it has some way to go. Pure. */
export function reachedGoal(
  { limits, uploadedBytes, sizeBytes, seededMs = 0 }: TransferRecord,
  goals: SeedingGoals,
): 'ratio' | 'hours' | null {
  const ratio = limits?.ratio ?? goals.ratio;
  if (ratio !== null && sizeBytes !== null && uploadedBytes >= ratio * sizeBytes) return 'ratio';
  return goals.hours !== null && seededMs >= goals.hours * HOUR_MS ? 'hours' : null;
}
