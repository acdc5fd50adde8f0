import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AddModel } from '../add-model.ts';
import { DropTarget } from '../components/drop-target.tsx';
import { sayInManager } from '../words/manager-words.ts';
import { AddPanel } from './add-panel.tsx';
import { DetailPane } from './detail-pane.tsx';
import { FilterPane } from './filter-pane.tsx';
import { listKeys } from './list/list-keys.ts';
import { ListPane } from './list/list-pane.tsx';
import type { ManagerActions } from './manager-actions.ts';
import type { ManagerModel } from './manager-model.ts';
import type { ManagerParts } from './manager-parts.ts';
import { MenuHost } from './menu-host.tsx';
import { PaneSeparator } from './pane-separator.tsx';
import { Questions } from './questions.tsx';
import { TopBar } from './top-bar.tsx';
import { useNarrow } from './use-narrow.ts';
import { usePaste } from './use-paste.ts';
import { MANAGER_VIEWS, useView } from './use-view.ts';

type Props = {
  readonly model: ManagerModel;
  readonly adding: AddModel;
  readonly actions: Pick<ManagerActions, 'showAddSheet'>;
  readonly parts: ManagerParts;
};

/** The whole page: a bar, and below it the list with its filters and details, or another view. */
export function ManagerScreen({ model, adding, actions, parts }: Props) {
  const view = useView(MANAGER_VIEWS.filter((one) => one !== 'totals' || parts.Totals !== null));
  const isNarrow = useNarrow();
  usePaste(adding);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => listKeys(event, model, view.peek() === 'transfers');
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [model]);
  const { Totals, Settings } = parts;
  return (
    <>
      <TopBar model={model} view={view.value} hasTotals={Totals !== null} />
      <AddPanel adding={adding} model={model} />
      {view.value === 'totals' && Totals !== null && (
        <main class="view">
          <Totals />
        </main>
      )}
      {view.value === 'settings' && (
        <main class="view">
          <Settings />
        </main>
      )}
      {view.value === 'transfers' && (
        <TransfersView model={model} actions={actions} parts={parts} isNarrow={isNarrow.value} />
      )}
      <div class="only-spoken" aria-live="polite">
        {model.spoken.value}
      </div>
      <Questions model={model} />
      <DropTarget adding={adding} />
    </>
  );
}

type ViewProps = Pick<Props, 'model' | 'actions' | 'parts'> & { readonly isNarrow: boolean };

/** Filters, list and details: beside each other, or on a narrow screen the list alone or the details alone. */
function TransfersView({ model, actions, parts, isNarrow }: ViewProps) {
  const isReading = useSignal(false);
  const { pane } = model;
  const isPaneOpen = isNarrow ? isReading.value : pane.isOpen.value;
  const close = () => {
    if (isNarrow) isReading.value = false;
    else pane.setOpen(false);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#transfers')?.focus());
  };
  const open = () => {
    if (isNarrow) isReading.value = true;
    else pane.setOpen(true);
  };
  useEffect(() => model.onDetails(open), [model, isNarrow]);
  return (
    <main class="transfers-view" data-pane={isPaneOpen ? pane.place.value : 'none'} data-narrow={isNarrow}>
      <h2 class="only-spoken">{sayInManager('view_transfers')}</h2>
      {!(isNarrow && isPaneOpen) && (
        <>
          <FilterPane list={model.list} isNarrow={isNarrow} />
          <ListPane model={model} actions={actions} isNarrow={isNarrow} />
        </>
      )}
      {isPaneOpen && !isNarrow && <PaneSeparator pane={pane} />}
      {isPaneOpen && <DetailPane model={model} Detail={parts.Detail} isNarrow={isNarrow} onClose={close} />}
      <MenuHost menu={model.menu} />
    </main>
  );
}
