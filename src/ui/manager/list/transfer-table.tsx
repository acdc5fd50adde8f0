// biome-ignore-all lint/a11y/useSemanticElements: rows of a <table> cannot be placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sayInManager } from '../../words/manager-words.ts';
import type { ManagerModel } from '../manager-model.ts';
import { shownColumns } from './column-layout.ts';
import { listWindow } from './list-window.ts';
import { ROW_HEIGHT_PX, TALL_ROW_HEIGHT_PX } from './row-height.ts';
import { TableHead } from './table-head.tsx';
import { rowElementId, TableRow } from './table-row.tsx';
import { useRowPointer } from './use-row-pointer.ts';

type Props = { readonly model: ManagerModel; readonly isNarrow: boolean };

const CHECK_WIDTH_PX = 36;

/**
 * All transfers that the filters let through. Only the rows in sight are in the page; the grid keeps the focus and names
 * its active row, so that the focus is never in a row that is scrolled away.
 */
export function TransferTable({ model, isNarrow }: Props) {
  const { list } = model;
  const grid = useRef<HTMLDivElement>(null);
  // The grid is never higher than the window. Its own height comes with the first layout: to ask for it here would have
  // the browser lay the page out twice before anything is seen.
  const seen = useSignal({ top: 0, height: innerHeight });
  const rowHeightPx = isNarrow ? TALL_ROW_HEIGHT_PX : ROW_HEIGHT_PX;
  const columns = useComputed(() => shownColumns(model.layout.value));
  const template = columns.value // the name, which is first, takes what is left of a wide window
    .map(({ widthPx }, place) => (place === 0 ? `minmax(${widthPx}px, 1fr)` : `${widthPx}px`))
    .join(' ');
  const width = columns.value.reduce((sum, { widthPx }) => sum + widthPx, CHECK_WIDTH_PX);
  const active = useComputed(() => {
    const { current } = list.selection.value;
    return current === null ? undefined : rowElementId(current);
  });
  const pointer = useRowPointer(model, grid, rowHeightPx, isNarrow);

  const look = () => {
    const element = grid.current;
    if (element !== null) seen.value = { top: element.scrollTop, height: element.clientHeight };
  };
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useSignalEffect(() => {
    const revealed = list.revealed.value;
    const element = grid.current;
    if (revealed === null || element === null) return;
    const head = element.querySelector<HTMLElement>('.t-head')?.offsetHeight ?? 0;
    const top = revealed.place * rowHeightPx;
    const room = element.clientHeight - head;
    list.pageRows = Math.max(Math.floor(room / rowHeightPx) - 1, 1);
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeightPx > element.scrollTop + room) element.scrollTop = top + rowHeightPx - room;
    look();
  });
  const style = isNarrow ? {} : { '--columns': `${CHECK_WIDTH_PX}px ${template}`, '--width': `${width}px` };
  return (
    <div
      id="transfers"
      ref={grid}
      class="t-grid"
      role="grid"
      tabIndex={0}
      aria-label={sayInManager('transfers')}
      aria-rowcount={list.rows.value.length + 1}
      aria-colcount={isNarrow ? 2 : columns.value.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={active}
      data-narrow={isNarrow}
      style={style}
      onScroll={look}
      {...pointer}
    >
      {isNarrow ? null : (
        <div class="t-head-group" role="rowgroup">
          <TableHead model={model} />
        </div>
      )}
      <TableBody model={model} isNarrow={isNarrow} rowHeightPx={rowHeightPx} seen={seen} columns={columns} />
    </div>
  );
}

type BodyProps = Props & {
  readonly rowHeightPx: number;
  readonly seen: { readonly value: { readonly top: number; readonly height: number } };
  readonly columns: { readonly value: ReturnType<typeof shownColumns> };
};

function TableBody({ model, isNarrow, rowHeightPx, seen, columns }: BodyProps) {
  const { list } = model;
  const first = useComputed(() => windowNow().first);
  const end = useComputed(() => windowNow().end);
  const windowNow = () => listWindow(list.rows.value.length, rowHeightPx, seen.value.top, seen.value.height);
  const rows = list.rows.value;
  const drop = model.dropPlace.value;
  return (
    <div class="t-body" role="rowgroup" style={{ height: `${rows.length * rowHeightPx}px` }}>
      {rows.slice(first.value, end.value).map(({ id, row }, offset) => (
        <TableRow
          key={id}
          id={id}
          view={row.view}
          place={first.value + offset}
          columns={columns.value}
          isNarrow={isNarrow}
          list={list}
        />
      ))}
      {drop !== null && <div class="t-drop" style={{ top: `${drop * rowHeightPx}px` }} />}
    </div>
  );
}
