import { useSignal } from '@preact/signals';
import { explain } from '../explain.ts';
import { refusalWords, sayDetail } from '../words/detail-words.ts';
import { checkSources } from './check-source.ts';
import type { TabProps } from './transfer-detail.tsx';

/** Id of the field, which a step of the diagnosis leads to. */
export const ADD_SOURCE_FIELD_ID = 'add-source';
const SAYS_ID = 'add-source-says';

/** More trackers or origins for this transfer. What cannot be one is refused with its reason, before it is sent. */
export function AddSourceForm({ model, actions, announce }: TabProps) {
  const text = useSignal('');
  const refusal = useSignal<string | null>(null);
  const add = async () => {
    const checked = checkSources(text.value);
    if (!checked.ok) {
      refusal.value = refusalWords(checked);
      return;
    }
    const { trackers, origins } = checked;
    const reply = await actions.addSources({ id: model.id, trackers, origins });
    refusal.value = !reply.ok ? explain(reply.failure).title : reply.output.taken ? null : sayDetail('sourceNotTaken');
    if (refusal.value !== null) return;
    text.value = '';
    announce(sayDetail('sourceAdded'));
    model.askNow();
  };
  return (
    <form
      class="add-source"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label for={ADD_SOURCE_FIELD_ID}>{sayDetail('addSource')}</label>
      <span class="field-line">
        <input
          class="field"
          id={ADD_SOURCE_FIELD_ID}
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder={sayDetail('addSourceExample')}
          value={text.value}
          aria-invalid={refusal.value !== null}
          aria-describedby={SAYS_ID}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            refusal.value = null;
          }}
        />
        <button type="submit" class="button">
          {sayDetail('add')}
        </button>
      </span>
      <p id={SAYS_ID} class="field-says" data-wrong={refusal.value !== null} aria-live="polite">
        {refusal.value ?? sayDetail('addSourceHint')}
      </p>
    </form>
  );
}
