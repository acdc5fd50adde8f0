import { useSignal } from '@preact/signals';
import type { TransferId } from '../../model/ids.ts';
import { MAX_LABEL_CHARS } from '../../model/limits.ts';
import { displayName } from '../formats/display-name.ts';
import { sayInManager } from '../words/manager-words.ts';
import type { ManagerModel } from './manager-model.ts';

type Props = { readonly model: ManagerModel; readonly ids: readonly TransferId[]; readonly onEnd: () => void };

/** A word of the user's own for one transfer or several; those that are in use are offered. */
export function LabelQuestion({ model, ids, onEnd }: Props) {
  const views = model.viewsOf(ids);
  const common = views.every(({ label }) => label === views[0]?.label) ? (views[0]?.label ?? '') : '';
  const text = useSignal(common);
  const name = views[0] === undefined ? '' : displayName(views[0].name);
  const set = (label: string | null) => {
    onEnd();
    void model.setLabel(ids, label);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set(text.value.trim() || null);
      }}
    >
      <h2 id="dialog-title">{sayInManager.count('labelTitle', ids.length, { name })}</h2>
      <div class="dialog-field">
        <input
          class="field"
          type="text"
          data-first
          maxLength={MAX_LABEL_CHARS}
          list="labels-in-use"
          autocomplete="off"
          aria-label={sayInManager('labelField')}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        <datalist id="labels-in-use">
          {model.list.labels.value.map(([label]) => (
            <option key={label} value={label} />
          ))}
        </datalist>
      </div>
      <div class="dialog-buttons">
        <button type="submit" class="button button-primary">
          {sayInManager('labelSet')}
        </button>
        <button type="button" class="button" onClick={() => set(null)}>
          {sayInManager('labelClear')}
        </button>
        <button type="button" class="button button-quiet" onClick={onEnd}>
          {sayInManager('cancel')}
        </button>
      </div>
    </form>
  );
}
