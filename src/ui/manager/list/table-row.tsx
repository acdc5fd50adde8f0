// biome-ignore-all lint/a11y/useSemanticElements: rows of a <table> cannot be placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { TransferId } from '../../../model/ids.ts';
import type { TransferView } from '../../../model/transfer-view.ts';
import { dataStateOf } from '../../data-state.ts';
import { displayName } from '../../formats/display-name.ts';
import { sayInManager } from '../../words/manager-words.ts';
import type { LaidColumn } from './column-layout.ts';
import type { ManagerList } from './manager-list.ts';
import { ROW_HEIGHT_PX, TALL_ROW_HEIGHT_PX } from './row-height.ts';
import { isInTrouble } from './state-groups.ts';
import { TableCell } from './table-cell.tsx';
import { TallCell } from './tall-cell.tsx';

type Props = {
  readonly id: TransferId;
  readonly view: ReadonlySignal<TransferView>;
  /** Its place among all rows, from 0. */
  readonly place: number;
  readonly columns: readonly LaidColumn[];
  readonly isNarrow: boolean;
  readonly list: ManagerList;
};

/** One transfer. The row is drawn once: what changes in it are attributes and texts that follow their own signals. */
export function TableRow({ id, view, place, columns, isNarrow, list }: Props) {
  const isChosen = useComputed(() => list.selection.value.chosen.has(id));
  const isCurrent = useComputed(() => list.selection.value.current === id);
  const state = useComputed(() => dataStateOf(view.value.state));
  const trouble = useComputed(() => isInTrouble(view.value));
  const chooses = useComputed(() => sayInManager('chooseRow', { name: displayName(view.value.name) }));
  const height = isNarrow ? TALL_ROW_HEIGHT_PX : ROW_HEIGHT_PX;
  return (
    <div
      id={rowElementId(id)}
      class="t-row"
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isChosen}
      aria-labelledby={`name-${id}`}
      data-id={id}
      data-state={state}
      data-trouble={trouble}
      data-current={isCurrent}
      data-odd={place % 2 === 1}
      style={{ top: `${place * height}px` }}
    >
      <div class="t-cell t-check" role="gridcell">
        <input type="checkbox" tabIndex={-1} aria-label={chooses} checked={isChosen} data-toggle />
      </div>
      {isNarrow ? (
        <TallCell id={id} view={view} />
      ) : (
        columns.map((column) => <TableCell key={column.id} id={id} column={column.id} view={view} />)
      )}
    </div>
  );
}

/** The element of a row that is drawn now. */
export const rowElementId = (id: TransferId): string => `row-${id}`;
