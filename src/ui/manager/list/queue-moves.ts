import type { TransferId } from '../../../model/ids.ts';

/** What `queue.move` is asked: these, in this order, before that one, or to the end. */
export type QueueMove = { readonly ids: readonly TransferId[]; readonly before: TransferId | null };
export type QueueStep = 'top' | 'up' | 'down' | 'bottom';

/**
 * Moves the chosen ones within the queue as one block, in their order. Null when nothing would change, or none of them
 * is in the queue.
 */
export function moveInQueue(
  queue: readonly TransferId[],
  chosen: ReadonlySet<TransferId>,
  step: QueueStep,
): QueueMove | null {
  const ids = queue.filter((id) => chosen.has(id));
  const rest = queue.filter((id) => !chosen.has(id));
  const first = queue.findIndex((id) => chosen.has(id));
  if (ids.length === 0) return null;
  const place = { top: 0, up: Math.max(first - 1, 0), down: Math.min(first + 1, rest.length), bottom: rest.length }[
    step
  ];
  return moveUnlessThere(queue, ids, rest, place);
}

/** Moves them to a place between two rows: before the row of this place, counted before the move, or to the end. */
export function dropInQueue(
  queue: readonly TransferId[],
  chosen: ReadonlySet<TransferId>,
  place: number,
): QueueMove | null {
  const ids = queue.filter((id) => chosen.has(id));
  const rest = queue.filter((id) => !chosen.has(id));
  const before = queue.slice(0, Math.max(place, 0)).filter((id) => !chosen.has(id)).length;
  return ids.length === 0 ? null : moveUnlessThere(queue, ids, rest, before);
}

function moveUnlessThere(
  queue: readonly TransferId[],
  ids: readonly TransferId[],
  rest: readonly TransferId[],
  place: number,
): QueueMove | null {
  const next = [...rest.slice(0, place), ...ids, ...rest.slice(place)];
  return next.every((id, index) => id === queue[index]) ? null : { ids, before: rest[place] ?? null };
}
