import type { Signal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { SETTINGS_PAGE_WORDS } from '../../words/settings-page-words.ts';

type Props = {
  /** The field's accessible name. */
  readonly name: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly text: Signal<string>;
  /** Why what was typed does not fit; null while it may. */
  readonly refusal: Signal<string | null>;
  readonly placeholder: string;
  readonly onAdd: () => void;
  /** What else is chosen for a new entry. */
  readonly children?: ComponentChildren;
};

/** Where one more entry of a list is typed, and told when it does not fit. */
export function AddItemForm({ name, field, text, refusal, placeholder, onAdd, children }: Props) {
  const id = useId();
  return (
    <>
      <form
        class="add-item"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onAdd();
        }}
      >
        <input
          ref={field}
          class="field"
          type="text"
          dir="ltr"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-label={name}
          aria-invalid={refusal.value !== null}
          aria-errormessage={id}
          placeholder={placeholder}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            refusal.value = null;
          }}
        />
        {children}
        <button type="submit" class="button">
          {SETTINGS_PAGE_WORDS.add}
        </button>
      </form>
      <p id={id} class="refusal" aria-live="polite">
        {refusal.value}
      </p>
    </>
  );
}
