import { IconButton } from '../components/icon-button.tsx';
import { sayInManager } from '../words/manager-words.ts';
import { moveColumn, showColumn } from './list/column-layout.ts';
import type { ManagerModel } from './manager-model.ts';

type Props = { readonly model: ManagerModel; readonly onEnd: () => void };

/** Which columns the list has, and in what order. Each change shows at once. */
export function ColumnsQuestion({ model, onEnd }: Props) {
  const layout = model.layout.value;
  return (
    <>
      <h2 id="dialog-title">{sayInManager('columns')}</h2>
      <p class="quiet">{sayInManager('columnsHint')}</p>
      <ul class="columns-list">
        {layout.map(({ id, isShown }, place) => {
          const name = sayInManager(`column_${id}`);
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={isShown}
                  disabled={id === 'name'}
                  onChange={(event) => model.setLayout(showColumn(layout, id, event.currentTarget.checked))}
                />
                {name}
              </label>
              {id !== 'name' && (
                <>
                  <IconButton
                    icon="upload"
                    name={sayInManager('columnEarlier', { name })}
                    aria-disabled={place <= 1}
                    onClick={() => model.setLayout(moveColumn(layout, id, -1))}
                  />
                  <IconButton
                    icon="download"
                    name={sayInManager('columnLater', { name })}
                    aria-disabled={place === layout.length - 1}
                    onClick={() => model.setLayout(moveColumn(layout, id, 1))}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
      <div class="dialog-buttons">
        <button type="button" class="button button-primary" data-first onClick={onEnd}>
          {sayInManager('close')}
        </button>
        <button type="button" class="button button-quiet" onClick={() => model.setLayout()}>
          {sayInManager('columnsReset')}
        </button>
      </div>
    </>
  );
}
