import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { sayDetail } from '../words/detail-words.ts';
import { limitText, readLimit } from './read-limit.ts';

type Props = {
  readonly name: string;
  readonly unit: string;
  readonly value: number | null;
  /** Resolves to whether it was taken. */
  readonly onChoose: (value: number | null) => Promise<boolean>;
};

/** A number that is a limit; an empty field is none. It is told when the field is left, or with Enter. */
export function LimitField({ name, unit, value, onChoose }: Props) {
  /** What is typed and not told yet. */
  const draft = useSignal<string | null>(null);
  const id = useId();
  const text = draft.value ?? limitText(value);
  const isWrong = readLimit(text) === undefined;
  const tell = async () => {
    const typed = draft.peek();
    const read = typed === null ? undefined : readLimit(typed);
    if (typed === null || read === undefined) return;
    if (read !== value) await onChoose(read);
    draft.value = null; // what the engine says stands again
  };
  return (
    <div class="limit-field">
      <label for={id}>{name}</label>
      <span class="field-unit">
        <input
          class="field"
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          placeholder={sayDetail('noLimit')}
          value={text}
          aria-invalid={isWrong}
          aria-describedby={`${id}-unit`}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
          onChange={() => void tell()}
        />
        <span class="quiet" id={`${id}-unit`}>
          {unit}
        </span>
      </span>
      {isWrong && (
        <span class="field-says" data-wrong="true" role="alert">
          {sayDetail('notANumber')}
        </span>
      )}
    </div>
  );
}
