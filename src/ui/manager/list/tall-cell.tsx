// biome-ignore-all lint/a11y/useSemanticElements: rows of a <table> cannot be placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { TransferId } from '../../../model/ids.ts';
import type { TransferView } from '../../../model/transfer-view.ts';
import { CELL_TEXT } from './cell-text.ts';
import { ListProgress } from './list-progress.tsx';
import { StateGlyph } from './state-glyph.tsx';

type Props = { readonly id: TransferId; readonly view: ReadonlySignal<TransferView> };

/** All that a row says where there is room for one column: its name, its bar, and what matters now. */
export function TallCell({ id, view }: Props) {
  const name = useComputed(() => CELL_TEXT.name(view.value));
  const percent = useComputed(() => CELL_TEXT.progress(view.value));
  const facts = useComputed(() => factsOf(view.value));
  return (
    <div class="t-cell t-tall" role="gridcell">
      <span class="t-tall-name">
        <StateGlyph view={view} />
        <span class="t-name" id={`name-${id}`} title={name}>
          <bdi>{name}</bdi>
        </span>
      </span>
      <ListProgress view={view} />
      <span class="t-tall-facts">
        <span class="t-text">{facts}</span>
        <span class="t-percent">{percent}</span>
      </span>
    </div>
  );
}

const factsOf = (view: TransferView): string =>
  [CELL_TEXT.state(view), CELL_TEXT.down(view), CELL_TEXT.left(view), CELL_TEXT.size(view)]
    .filter((fact) => fact !== '')
    .slice(0, 3)
    .join(' · ');
