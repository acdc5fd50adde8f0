import type { TransferId } from '../../model/ids.ts';
import { displayName } from '../formats/display-name.ts';
import { sayInManager } from '../words/manager-words.ts';
import type { ManagerModel } from './manager-model.ts';

type Props = { readonly model: ManagerModel; readonly ids: readonly TransferId[]; readonly onEnd: () => void };

/** Asks what to do with the data of those that go, and says how many. The answer that loses nothing has the focus. */
export function RemoveManyQuestion({ model, ids, onEnd }: Props) {
  const [first] = model.viewsOf(ids);
  const name = first === undefined ? '' : displayName(first.name);
  const remove = (deleteData: boolean) => {
    onEnd();
    void model.remove(ids, deleteData);
  };
  return (
    <>
      <h2 id="dialog-title">{sayInManager.count('removeTitle', ids.length, { name })}</h2>
      <p>{sayInManager('removeHintKeep')}</p>
      <p>{sayInManager.count('removeHintDelete', ids.length)}</p>
      <div class="dialog-buttons">
        <button type="button" class="button button-primary" data-first onClick={() => remove(false)}>
          {sayInManager('removeKeep')}
        </button>
        <button type="button" class="button button-danger" onClick={() => remove(true)}>
          {sayInManager('removeDelete')}
        </button>
        <button type="button" class="button button-quiet" onClick={onEnd}>
          {sayInManager('cancel')}
        </button>
      </div>
    </>
  );
}
