// biome-ignore-all lint/a11y/useSemanticElements: rows of a <table> cannot be placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { TransferId } from '../../../model/ids.ts';
import type { TransferView } from '../../../model/transfer-view.ts';
import { CELL_TEXT } from './cell-text.ts';
import { COLUMNS, type ColumnId } from './columns.ts';
import { ListProgress } from './list-progress.tsx';
import { StateGlyph } from './state-glyph.tsx';

type Props = {
  readonly id: TransferId;
  readonly column: ColumnId;
  readonly view: ReadonlySignal<TransferView>;
};

/** One fact of a transfer. Its text follows the view by itself: a tick writes into the texts that changed, and draws nothing. */
export function TableCell({ id, column, view }: Props) {
  const text = useComputed(() => CELL_TEXT[column](view.value));
  return (
    <div class="t-cell" role="gridcell" data-column={column} data-number={COLUMNS[column].isNumber}>
      {column === 'name' ? (
        <>
          <StateGlyph view={view} />
          <span class="t-name" id={`name-${id}`} title={text}>
            <bdi>{text}</bdi>
          </span>
        </>
      ) : column === 'progress' ? (
        <>
          <ListProgress view={view} />
          <span class="t-percent">{text}</span>
        </>
      ) : column === 'label' ? (
        <LabelChip text={text} />
      ) : (
        <span class="t-text">{text}</span>
      )}
    </div>
  );
}

function LabelChip({ text }: { readonly text: ReadonlySignal<string> }) {
  return text.value === '' ? null : (
    <span class="chip" title={text.value}>
      <bdi>{text.value}</bdi>
    </span>
  );
}
