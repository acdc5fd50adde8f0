/** One column of a table: what its cells are sorted by. Null is unknown, and comes last whichever way it is sorted. */
export type SortKey<Row> = (row: Row) => number | string | null;

export type Sort = { readonly column: string; readonly isDescending: boolean };

const ORDER = new Intl.Collator(undefined, { numeric: true });

/** The rows in another order; those that are alike stay as they came. */
export function sortRows<Row>(rows: readonly Row[], key: SortKey<Row>, isDescending: boolean): Row[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const order =
      typeof left === 'number' && typeof right === 'number' ? left - right : ORDER.compare(String(left), String(right));
    return isDescending ? -order : order;
  });
}

/** How a click on a column's head sorts: numbers begin with the largest, words with the first; then the other way. */
export function nextSort(sort: Sort, column: string, isNumeric: boolean): Sort {
  if (sort.column === column) return { column, isDescending: !sort.isDescending };
  return { column, isDescending: isNumeric };
}

/**
 * The order to show while somebody is busy in the table: rows stay where they were, new ones come last, those that are
 * gone leave. A row that moved under the pointer or the focus would be another than was meant.
 */
export function heldOrder<Row>(rows: readonly Row[], idOf: (row: Row) => string, shown: readonly string[]): Row[] {
  const places = new Map(shown.map((id, place) => [id, place]));
  const placeOf = (row: Row) => places.get(idOf(row)) ?? shown.length;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}
