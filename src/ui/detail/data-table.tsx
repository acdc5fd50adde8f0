import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../components/icon.tsx';
import { heldOrder, nextSort, type Sort, type SortKey, sortRows } from './sort-rows.ts';

export type Column<Row> = {
  readonly key: string;
  readonly name: string;
  /** What it says, for a tooltip. */
  readonly hint?: string;
  readonly isNumeric?: boolean;
  /** Its head is only for screen readers. */
  readonly isQuiet?: boolean;
  /** Left out: the table cannot be sorted by it. */
  readonly sortBy?: SortKey<Row>;
  readonly cell: (row: Row) => ComponentChildren;
};

type Props<Row> = {
  /** Its accessible name, and the heading above it. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly first: Sort;
  /** What is said in place of a table without rows. */
  readonly empty: string;
};

/**
 * A table that its heads sort. While the pointer, the focus or a selection is in it, rows keep their places, so that
 * figures that come each second move nothing away.
 */
export function DataTable<Row>({ name, columns, rows, idOf, first, empty }: Props<Row>) {
  const sort = useSignal(first);
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = useRef<{ readonly sort: Sort; readonly ids: readonly string[] }>({ sort: first, ids: [] });
  const key = columns.find((column) => column.key === sort.value.column)?.sortBy;
  const isHeld = shown.current.sort === sort.value && isBusy(body.current);
  const sorted = isHeld
    ? heldOrder(rows, idOf, shown.current.ids)
    : key === undefined
      ? rows
      : sortRows(rows, key, sort.value.isDescending);
  shown.current = { sort: sort.value, ids: sorted.map(idOf) };
  if (rows.length === 0) return <p class="quiet">{empty}</p>;
  return (
    <div class="table-box">
      <table class="data-table" aria-label={name}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-numeric={column.isNumeric}
                aria-sort={ariaSort(column, sort.value)}
                {...(column.hint === undefined ? {} : { title: column.hint })}
              >
                <Head
                  column={column}
                  sort={sort.value}
                  onSort={() => {
                    sort.value = nextSort(sort.value, column.key, column.isNumeric === true);
                  }}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {sorted.map((row) => (
            <tr key={idOf(row)}>
              {columns.map((column, nth) =>
                nth === 0 ? (
                  <th key={column.key} scope="row" class="cell-first">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    data-numeric={column.isNumeric}
                    data-name={column.isNumeric ? column.name : undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps<Row> = { readonly column: Column<Row>; readonly sort: Sort; readonly onSort: () => void };

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  if (column.sortBy === undefined)
    return <span class={column.isQuiet ? 'only-spoken' : 'head-name'}>{column.name}</span>;
  const isChosen = sort.column === column.key;
  return (
    <button type="button" class="head-button" onClick={onSort}>
      {column.name}
      <span class="head-arrow" data-shown={isChosen} data-up={!sort.isDescending}>
        <Icon name="choose" />
      </span>
    </button>
  );
}

function ariaSort<Row>({ key, sortBy }: Column<Row>, { column, isDescending }: Sort) {
  if (sortBy === undefined) return undefined;
  if (key !== column) return 'none';
  return isDescending ? 'descending' : 'ascending';
}

/** Whether somebody points at the rows, has the focus in them, or has marked some of their text. */
function isBusy(body: HTMLElement | null): boolean {
  if (body === null) return false;
  const { activeElement } = body.ownerDocument;
  const selection = body.ownerDocument.getSelection();
  const hasMarked = selection !== null && !selection.isCollapsed && body.contains(selection.anchorNode);
  return body.matches(':hover') || body.contains(activeElement) || hasMarked;
}
