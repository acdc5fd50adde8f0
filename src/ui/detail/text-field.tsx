import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { sayDetail } from '../words/detail-words.ts';

type Props = {
  readonly name: string;
  readonly value: string;
  readonly maxChars: number;
  /** Resolves to whether it was taken. */
  readonly onChoose: (text: string) => Promise<boolean>;
};

/** A short text, told when the field is left, or with Enter. */
export function TextField({ name, value, maxChars, onChoose }: Props) {
  const draft = useSignal<string | null>(null);
  const id = useId();
  const tell = async () => {
    const typed = draft.peek()?.trim();
    if (typed !== undefined && typed !== value) await onChoose(typed);
    draft.value = null;
  };
  return (
    <div class="limit-field">
      <label for={id}>{name}</label>
      <input
        class="field"
        id={id}
        type="text"
        autocomplete="off"
        maxLength={maxChars}
        placeholder={sayDetail('none')}
        value={draft.value ?? value}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onChange={() => void tell()}
      />
    </div>
  );
}
