/** Steps to a doubling: neighbours are 4.4 % apart, so a median read from them is off by 2.2 % at most. */
const STEPS_TO_DOUBLE = 16;
const MAX_STEP = 1000;

/** The step of a scale of speeds that grows by ratio, so that medians of millions of deliveries need a few hundred sums. */
export function speedStep(bytesPerS: number): number {
  return Math.min(MAX_STEP, Math.max(0, Math.floor(Math.log2(Math.max(1, bytesPerS)) * STEPS_TO_DOUBLE)));
}

/** Bytes per second in the middle of a step. */
export const speedOfStep = (step: number): number => 2 ** ((step + 0.5) / STEPS_TO_DOUBLE);
