import { EmptyState } from '../../components/empty-state.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Note } from '../../components/note.tsx';
import { sayInManager } from '../../words/manager-words.ts';
import type { ManagerActions } from '../manager-actions.ts';
import type { ManagerModel } from '../manager-model.ts';
import { SelectionBar } from './selection-bar.tsx';
import { TransferTable } from './transfer-table.tsx';

type Props = {
  readonly model: ManagerModel;
  readonly actions: Pick<ManagerActions, 'showAddSheet'>;
  readonly isNarrow: boolean;
};

/** The list with what is said above it: what is chosen and can be done, what waits, and what went wrong. */
export function ListPane({ model, actions, isNarrow }: Props) {
  const { list } = model;
  const staged = list.list.staged.value.length;
  const all = list.counts.value.all;
  const isEmpty = list.list.isKnown.value && all === 0;
  return (
    <section class="list-pane">
      <div class="list-notices">
        {model.isEngineLost.value && (
          <p class="banner" role="alert">
            <strong>{sayInManager('lost')}</strong> {sayInManager('lostHint')}
          </p>
        )}
        {list.list.settings.value.isAllPaused && (
          <p class="banner">
            {sayInManager('allPaused')}{' '}
            <button type="button" class="link" onClick={() => void model.pauseAll(false)}>
              {sayInManager('resumeAll')}
            </button>
          </p>
        )}
        {staged > 0 && (
          <p class="banner">
            {sayInManager.count('waits', staged)}{' '}
            <button type="button" class="link" onClick={actions.showAddSheet}>
              {sayInManager('waitsChoose')}
            </button>
          </p>
        )}
      </div>
      {all > 0 && <SelectionBar model={model} isNarrow={isNarrow} />}
      <TroubleNote model={model} />
      {isEmpty ? <EmptyState /> : <TransferTable key={String(isNarrow)} model={model} isNarrow={isNarrow} />}
      {all > 0 && list.rows.value.length === 0 && (
        <p class="nothing-fits quiet">
          {sayInManager(list.search.value.trim() === '' ? 'emptyGroup' : 'emptySearch')}{' '}
          <button type="button" class="link" onClick={() => list.showAll()}>
            {sayInManager('showAll')}
          </button>
        </p>
      )}
    </section>
  );
}

/** Why the last click did not do what it was to, and for how many. */
function TroubleNote({ model }: Pick<Props, 'model'>) {
  const trouble = model.trouble.value;
  return (
    <div class="list-trouble" role="alert">
      {trouble !== null && (
        <>
          <div>
            {trouble.count > 1 && <p>{sayInManager.count('failedFor', trouble.count)}</p>}
            <Note trouble={trouble.failure} />
          </div>
          <IconButton
            icon="remove"
            name={sayInManager('close')}
            onClick={() => {
              model.trouble.value = null;
            }}
          />
        </>
      )}
    </div>
  );
}
