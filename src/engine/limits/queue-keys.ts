import type { TransferId } from '../../model/ids.ts';

export type QueuePlace = { readonly id: TransferId; readonly key: number };

/** Closer keys than this may not be told apart once something is moved between them again. */
const LEAST_GAP = 1e-3;

/**
 * The keys that change when `ids` are moved before another transfer, or with null to the end, in the order given. Those
 * between two neighbours get keys between theirs; where there is no room, everybody gets a new key. Keys stay below
 * those of what is added later.
 * @param queue In the order that it has. Ids that are not in it are left out; `before` among `ids` or unknown: to the end.
 */
export function movedKeys(
  queue: readonly QueuePlace[],
  ids: readonly TransferId[],
  before: TransferId | null,
): QueuePlace[] {
  const known = new Set(queue.map(({ id }) => id));
  const moved = [...new Set(ids)].filter((id) => known.has(id));
  const rest = queue.filter(({ id }) => !moved.includes(id));
  const found = rest.findIndex(({ id }) => id === before);
  const at = found === -1 ? rest.length : found;
  const earlier = rest[at - 1]?.key;
  const later = rest[at]?.key;
  const step = stepBetween(earlier, later, moved.length);
  if (step >= LEAST_GAP) {
    const first = earlier === undefined ? (later ?? 0) - step * (moved.length + 1) : earlier;
    return moved.map((id, index) => ({ id, key: first + step * (index + 1) }));
  }
  const order = [...rest.slice(0, at).map(({ id }) => id), ...moved, ...rest.slice(at).map(({ id }) => id)];
  // From the front: what is added later has a later key in any case.
  const least = Math.min(...queue.map(({ key }) => key));
  return order.map((id, index) => ({ id, key: least - (order.length - index) }));
}

function stepBetween(earlier: number | undefined, later: number | undefined, count: number): number {
  if (earlier === undefined || later === undefined) return 1;
  return (later - earlier) / (count + 1);
}
