// biome-ignore-all lint/a11y/useSemanticElements: rows of a <table> cannot be placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useSignal } from '@preact/signals';
import { Icon } from '../../components/icon.tsx';
import { sayInManager } from '../../words/manager-words.ts';
import type { ManagerModel } from '../manager-model.ts';
import { type LaidColumn, resizeColumn, shownColumns, WIDTH_STEP_PX } from './column-layout.ts';
import { COLUMNS, type ColumnId } from './columns.ts';
import { chooseAll, chooseNone } from './selection.ts';

type Props = { readonly model: ManagerModel };

/**
 * The heads of the columns: they sort, and set widths. One of them is in the order of the Tab key, the others are reached
 * with the arrow keys; Shift and an arrow key change a width.
 */
export function TableHead({ model }: Props) {
  const columns = shownColumns(model.layout.value);
  const current = useSignal<ColumnId>('name');
  const reached = columns.some(({ id }) => id === current.value) ? current.value : 'name';
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const by = document.documentElement.dir === 'rtl' ? -step : step;
    const at = columns.findIndex(({ id }) => id === reached);
    if (event.shiftKey) return model.setLayout(resizeBy(reached, by * WIDTH_STEP_PX));
    const next = columns[at + by];
    if (next === undefined) return;
    current.value = next.id;
    event.currentTarget.querySelector<HTMLElement>(`[data-column="${next.id}"] button`)?.focus();
  };
  const resizeBy = (id: ColumnId, byPx: number) => {
    const widthPx = columns.find((column) => column.id === id)?.widthPx ?? 0;
    return resizeColumn(model.layout.value, id, widthPx + byPx);
  };
  return (
    <div class="t-head" role="row" aria-rowindex={1} onKeyDown={onKeyDown}>
      <ChooseAll model={model} />
      {columns.map((column) => (
        <Head key={column.id} model={model} column={column} isReached={column.id === reached} />
      ))}
      <span id="column-hint" hidden>
        {sayInManager('columnHint')}
      </span>
    </div>
  );
}

function ChooseAll({ model: { list } }: Props) {
  const { chosen } = list.selection.value;
  const count = list.rows.value.length;
  const areAll = count > 0 && chosen.size === count;
  return (
    <div class="t-cell t-check" role="columnheader">
      <input
        type="checkbox"
        aria-label={sayInManager('chooseAll')}
        title={sayInManager('chooseAll')}
        checked={areAll}
        indeterminate={chosen.size > 0 && !areAll}
        onChange={(event) => {
          const selection = list.selection.peek();
          list.selection.value = areAll ? chooseNone(selection) : chooseAll(list.rows.peek(), selection);
          event.currentTarget.checked = list.selection.peek().chosen.size > 0;
        }}
      />
    </div>
  );
}

type HeadProps = Props & { readonly column: LaidColumn; readonly isReached: boolean };

function Head({ model, column: { id, widthPx }, isReached }: HeadProps) {
  const { column, direction } = model.list.sort.value;
  const isSorted = column === id;
  const sort = () => {
    model.list.sortBy(id);
    model.announce(sayInManager('saidSorted', { name: sayInManager(`column_${id}`) }));
  };
  const onPointerDown = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const handle = event.currentTarget;
    const startX = event.clientX;
    const sign = document.documentElement.dir === 'rtl' ? -1 : 1;
    const drag = (move: PointerEvent) =>
      model.setLayout(resizeColumn(model.layout.peek(), id, widthPx + sign * (move.clientX - startX)));
    event.preventDefault();
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', drag);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', drag), {
      once: true,
    });
  };
  return (
    <div
      class="t-cell"
      role="columnheader"
      data-column={id}
      data-number={COLUMNS[id].isNumber}
      aria-sort={isSorted ? direction : 'none'}
    >
      <button type="button" class="t-sort" tabIndex={isReached ? 0 : -1} aria-describedby="column-hint" onClick={sort}>
        <span>{sayInManager(`column_${id}`)}</span>
        {isSorted && (
          <span class="t-arrow" data-direction={direction}>
            <Icon name="choose" />
          </span>
        )}
      </button>
      <span class="t-resize" aria-hidden="true" onPointerDown={onPointerDown} />
    </div>
  );
}
