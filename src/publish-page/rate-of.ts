/** How far a job is. `bytesPerS` is null until there is something to tell. */
export type JobProgress = {
  readonly bytes: number;
  readonly sizeBytes: number;
  readonly bytesPerS: number | null;
  readonly secondsLeft: number | null;
};

const TELL_AFTER_MS = 1_000;

/** Follows a job: the rate is that since its begin, which jumps least. */
export function followProgress(sizeBytes: number, nowMs: () => number): (bytes: number) => JobProgress {
  const startMs = nowMs();
  return (bytes) => {
    const elapsedMs = nowMs() - startMs;
    const bytesPerS = elapsedMs < TELL_AFTER_MS ? null : (1000 * bytes) / elapsedMs;
    const secondsLeft = bytesPerS === null || bytesPerS <= 0 ? null : (sizeBytes - bytes) / bytesPerS;
    return { bytes, sizeBytes, bytesPerS, secondsLeft };
  };
}
