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
          <bdi class="t-name" id={`name-${id}`} title={text}>
            {text}
          </bdi>
        </>
      ) : column === 'progress' ? (
        <>
          <ListProgress view={view} />
          <bdi class="t-percent">{text}</bdi>
        </>
      ) : column === 'label' ? (
        <LabelChip text={text} />
      ) : (
        <bdi class="t-text">{text}</bdi>
      )}
    </div>
  );
}

function LabelChip({ text }: { readonly text: ReadonlySignal<string> }) {
  return text.value === '' ? null : (
    <bdi class="chip" title={text.value}>
      {text.value}
    </bdi>
  );
}
