/** Verified bytes as the popup showed them, oldest first. */
export type Progress = readonly { readonly atMs: number; readonly bytes: number }[];

export type Death = {
  readonly lengthBytes: number;
  /** What all sources give together, and what those give that stay, in bytes a second. */
  readonly rateBefore: number;
  readonly rateAfter: number;
  /** Times are of one clock, in milliseconds. */
  readonly startedAtMs: number;
  readonly killedAtMs: number;
  readonly verifiedAtMs: number;
};

/**
 * Seconds lost against one that knew: from the first moment it takes what every source gives, and from the death on
 * what is left. Finding the sources is in them.
 */
export function lostSeconds({ lengthBytes, rateBefore, rateAfter, ...times }: Death): number {
  const beforeS = (times.killedAtMs - times.startedAtMs) / 1_000;
  const leftBytes = lengthBytes - rateBefore * beforeS;
  return (times.verifiedAtMs - times.killedAtMs) / 1_000 - leftBytes / rateAfter;
}

/** Seconds lost since the death alone, against one that took over there with the bytes that were verified then. */
export function lostSinceDeath({ lengthBytes, rateAfter, ...times }: Death, progress: Progress): number {
  const leftBytes = lengthBytes - bytesAt(progress, times.killedAtMs);
  return (times.verifiedAtMs - times.killedAtMs) / 1_000 - leftBytes / rateAfter;
}

/** Between two notes the bytes have grown evenly; before the first there were none. */
export function bytesAt(progress: Progress, atMs: number): number {
  const next = progress.findIndex((note) => note.atMs >= atMs);
  if (next < 0) return progress.at(-1)?.bytes ?? 0;
  const [before, after] = [progress[next - 1], progress[next]];
  if (before === undefined || after === undefined) return 0;
  const share = (atMs - before.atMs) / (after.atMs - before.atMs);
  return before.bytes + share * (after.bytes - before.bytes);
}
