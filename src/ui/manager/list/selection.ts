import type { TransferId } from '../../../model/ids.ts';

/**
 * Which rows are chosen. `current` is the row of the keyboard and of the detail pane, `anchor` the one from which a range
 * is stretched. Operations are pure; `order` is the list as it is shown.
 */
export type Selection = {
  readonly chosen: ReadonlySet<TransferId>;
  readonly current: TransferId | null;
  readonly anchor: TransferId | null;
};
type Order = readonly { readonly id: TransferId }[];

export const NOTHING_CHOSEN: Selection = { chosen: new Set(), current: null, anchor: null };

/** This one alone: a click. */
export const chooseOnly = (id: TransferId): Selection => ({ chosen: new Set([id]), current: id, anchor: id });

/** In or out of what is chosen: a click with Ctrl, Space, or the box of a row. */
export function toggle({ chosen }: Selection, id: TransferId): Selection {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, current: id, anchor: id };
}

/** All from the anchor to this one, and nothing else: a click or an arrow with Shift. */
export function stretchTo({ anchor, current }: Selection, order: Order, id: TransferId): Selection {
  const to = placeOf(order, id);
  const from = placeOf(order, anchor ?? current ?? id);
  if (to < 0) return NOTHING_CHOSEN;
  if (from < 0) return chooseOnly(id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { chosen: new Set(range.map((row) => row.id)), current: id, anchor: order[from]?.id ?? id };
}

/** Puts the keyboard on another row without choosing it: an arrow with Ctrl. */
export const moveTo = (selection: Selection, id: TransferId): Selection => ({ ...selection, current: id });

export function chooseAll(order: Order, { current, anchor }: Selection): Selection {
  return { chosen: new Set(order.map(({ id }) => id)), current: current ?? order[0]?.id ?? null, anchor };
}

export const chooseNone = ({ current }: Selection): Selection => ({ chosen: new Set(), current, anchor: current });

/**
 * What remains when rows have gone from the list. The keyboard goes on at the row that took the place of the one that went,
 * and the same selection is returned when nothing of it has gone.
 */
export function keepThere(selection: Selection, before: Order, now: Order): Selection {
  const there = new Set(now.map(({ id }) => id));
  const { current, anchor } = selection;
  const chosen = [...selection.chosen].filter((id) => there.has(id));
  const isCurrentThere = current === null || there.has(current);
  if (isCurrentThere && chosen.length === selection.chosen.size) return selection;
  const neighbour = isCurrentThere ? current : neighbourOf(before, current, there);
  return {
    chosen: new Set(chosen),
    current: neighbour,
    anchor: anchor !== null && there.has(anchor) ? anchor : neighbour,
  };
}

function neighbourOf(before: Order, id: TransferId, there: ReadonlySet<TransferId>): TransferId | null {
  const place = placeOf(before, id);
  const isThere = (row: { readonly id: TransferId }) => there.has(row.id);
  return before.slice(place + 1).find(isThere)?.id ?? before.slice(0, Math.max(place, 0)).findLast(isThere)?.id ?? null;
}

const placeOf = (order: Order, id: TransferId): number => order.findIndex((row) => row.id === id);
