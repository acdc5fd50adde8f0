import type { AddModel } from '../add-model.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { Note } from './note.tsx';

/** The field to add a link, and what became of it. */
export function AddForm({ adding }: { readonly adding: AddModel }) {
  const outcome = adding.outcome.value;
  const isFailed = outcome.kind === 'failed';
  const submit = (event: Event) => {
    event.preventDefault();
    void adding.submit();
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) void adding.takeFiles(files);
    else if (!adding.takePaste(event.clipboardData?.getData('text/plain') ?? '')) return;
    event.preventDefault();
  };
  return (
    <form class="add" onSubmit={submit} noValidate>
      <div class="add-line">
        <input
          id="add"
          class="field"
          type="text"
          dir={adding.text.value === '' ? undefined : 'ltr'} // the hint is in the user's language, a link is in none
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="done"
          aria-label={POPUP_WORDS.addField}
          placeholder={POPUP_WORDS.addField}
          aria-invalid={isFailed}
          aria-describedby="add-outcome"
          value={adding.text.value}
          onInput={(event) => adding.write(event.currentTarget.value)}
          onPaste={paste}
        />
        <button type="submit" class="button button-primary" aria-disabled={outcome.kind === 'busy'}>
          {POPUP_WORDS.add}
        </button>
      </div>
      <div id="add-outcome" class="add-outcome" aria-live="polite">
        {outcome.kind === 'busy' && <p class="quiet">{POPUP_WORDS.adding}</p>}
        {outcome.kind === 'added' && outcome.added.wasThere && <p class="quiet">{POPUP_WORDS.wasThere}</p>}
        {outcome.kind === 'added' && !outcome.added.wasThere && <p class="only-spoken">{POPUP_WORDS.added}</p>}
        {outcome.kind === 'added-many' && (
          <p class="quiet">{POPUP_WORDS.addedMany(outcome.count, outcome.known, outcome.leftOut)}</p>
        )}
        {outcome.kind === 'failed' && <Note trouble={outcome.failure} />}
      </div>
    </form>
  );
}
