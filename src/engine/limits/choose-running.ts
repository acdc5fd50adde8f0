import type { TransferId } from '../../model/ids.ts';

/** A transfer that has something to fetch, as the queue sees it. */
export type QueueEntry = {
  readonly id: TransferId;
  /** The smaller, the earlier. Among equals the order of the list decides. */
  readonly key: number;
  /** It runs whatever its place: the user said so, or it is a click that somebody waits for. */
  readonly isForced: boolean;
  /** It has a run now that has moved nothing for a while. */
  readonly isStalled: boolean;
  /** When it was last found to be stalled, and has not moved since; null when there is no such moment. */
  readonly stalledAtMs: number | null;
};

/**
 * Which transfers may run: the first `maxRunning` of the queue, and besides them those that are forced and those that run
 * but move nothing, which take nothing from the others. All but the forced are at most twice `maxRunning`; the longest
 * stalled give way first, and stand behind all that have not been tried: a queue of dead magnets is tried in turn.
 * Pure.
 */
export function chooseRunning(entries: readonly QueueEntry[], maxRunning: number): Set<TransferId> {
  const forced = entries.filter(({ isForced }) => isForced);
  const others = entries.filter(({ isForced }) => !isForced);
  const counted = others
    .filter(({ isStalled }) => !isStalled)
    .sort(byTurn)
    .slice(0, maxRunning);
  const stalled = others
    .filter(({ isStalled }) => isStalled)
    .sort((a, b) => (b.stalledAtMs ?? 0) - (a.stalledAtMs ?? 0))
    .slice(0, 2 * maxRunning - counted.length);
  return new Set([...forced, ...stalled, ...counted].map(({ id }) => id));
}

function byTurn(a: QueueEntry, b: QueueEntry): number {
  if (a.stalledAtMs === null && b.stalledAtMs === null) return a.key - b.key;
  if (a.stalledAtMs === null) return -1;
  return b.stalledAtMs === null ? 1 : a.stalledAtMs - b.stalledAtMs;
}
