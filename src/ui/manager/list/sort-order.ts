import type { TransferId } from '../../../model/ids.ts';
import { COLUMN_IDS, type ColumnId, type SortKey } from './columns.ts';

export type Direction = 'ascending' | 'descending';
export type Sort = { readonly column: ColumnId; readonly direction: Direction };

/** Newest first, as everywhere else. */
export const DEFAULT_SORT: Sort = { column: 'added', direction: 'descending' };

export type Sortable = { readonly id: TransferId; readonly key: SortKey; readonly addedAtMs: number };

// Numbers in names by their value, so that part 2 comes before part 10.
const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Compares by the key; null comes last in either direction, and what is equal stands as it was added, newest first. */
export const compareIn =
  (direction: Direction) =>
  (a: Sortable, b: Sortable): number => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || compareAge(a, b);
    const order =
      typeof a.key === 'string' || typeof b.key === 'string'
        ? byName.compare(String(a.key), String(b.key))
        : a.key - b.key;
    return (direction === 'ascending' ? order : -order) || compareAge(a, b);
  };

function compareAge(a: Sortable, b: Sortable): number {
  if (a.addedAtMs !== b.addedAtMs) return b.addedAtMs - a.addedAtMs;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/**
 * A new order in which some stay at the place where they were: a row under the pointer, or with the focus, does not run
 * away. All others are in their new order around them.
 */
export function orderHolding<T extends { readonly id: TransferId }>(
  next: readonly T[],
  before: readonly { readonly id: TransferId }[],
  heldIds: readonly TransferId[],
): readonly T[] {
  const held = new Set(heldIds);
  if (held.size === 0) return next;
  const places = before.flatMap(({ id }, place) => (held.has(id) ? [{ id, place }] : []));
  const there = new Map(next.filter(({ id }) => held.has(id)).map((one) => [one.id, one]));
  const was = new Set(places.map(({ id }) => id));
  const ordered = next.filter(({ id }) => !(held.has(id) && was.has(id)));
  for (const { id, place } of places) {
    const one = there.get(id);
    if (one !== undefined) ordered.splice(Math.min(place, ordered.length), 0, one);
  }
  return ordered;
}

/** The sort that a click on the head of a column asks for. */
export function sortAfterClick(sort: Sort, column: ColumnId, first: Direction): Sort {
  if (sort.column !== column) return { column, direction: first };
  return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' };
}

/** Reads what was remembered. */
export function readSort(remembered: unknown): Sort {
  const { column, direction } = (remembered ?? {}) as Partial<Record<keyof Sort, unknown>>;
  const known = COLUMN_IDS.find((id) => id === column);
  const isDirection = direction === 'ascending' || direction === 'descending';
  return known !== undefined && isDirection ? { column: known, direction } : DEFAULT_SORT;
}
