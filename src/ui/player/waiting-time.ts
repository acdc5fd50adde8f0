/** How much of what is waited for was there when. */
export type WaitMark = { readonly atMs: number; readonly part: number };

/** Marks older than this say little about now. */
const LOOKED_BACK_MS = 10_000;
/** Before this nothing can be said. */
const LEAST_MS = 700;
const MAX_S = 24 * 3600;

/** Adds what is there now. A part that shrinks is another wait. */
export function withMark(marks: readonly WaitMark[], mark: WaitMark): WaitMark[] {
  const last = marks.at(-1);
  if (last !== undefined && mark.part < last.part) return [mark];
  const kept = marks.filter(({ atMs }) => mark.atMs - atMs <= LOOKED_BACK_MS);
  return [...kept, mark];
}

/** Seconds until all is there, by how it came lately; null when that cannot be told. */
export function secondsToWait(marks: readonly WaitMark[]): number | null {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [elapsedMs, came] = [last.atMs - first.atMs, last.part - first.part];
  if (elapsedMs < LEAST_MS || came <= 0) return null;
  const seconds = ((1 - last.part) / came) * (elapsedMs / 1000);
  return seconds <= MAX_S ? seconds : null;
}
