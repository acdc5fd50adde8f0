import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { amountRefusal, fieldNumber } from '../../words/settings-page-words.ts';
import { type Bounds, readAmount } from '../read-amount.ts';
import type { RowLinks } from '../setting-row.tsx';

type Props = {
  readonly links: RowLinks;
  /** Null: the field is empty, and cannot be written into. */
  readonly value: number | null;
  readonly bounds: Bounds;
  readonly onAmount: (value: number) => void;
};

/** A number that is taken when its field is left, or with Enter; Escape brings back the one before. */
export function AmountField({ links, value, bounds, onAmount }: Props) {
  const id = useId();
  const written = value === null ? '' : fieldNumber(value);
  const text = useSignal(written);
  const refusal = useSignal<string | null>(null);
  const takeBack = () => {
    text.value = written;
    refusal.value = null;
  };
  useEffect(takeBack, [written]);
  const take = () => {
    if (text.value === written) return takeBack();
    const read = readAmount(text.value, bounds);
    refusal.value = read.ok ? null : amountRefusal(read);
    if (!read.ok) return;
    text.value = fieldNumber(read.value);
    if (read.value !== value) onAmount(read.value);
  };
  return (
    <span class="amount">
      <input
        class="field"
        type="text"
        inputmode={bounds.isWhole ? 'numeric' : 'decimal'}
        autocomplete="off"
        dir="ltr"
        {...links}
        aria-invalid={refusal.value !== null}
        aria-errormessage={id}
        disabled={value === null}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key !== 'Escape' || text.value === written) return;
          event.stopPropagation();
          takeBack();
        }}
      />
      <span id={id} class="refusal" aria-live="polite">
        {refusal.value}
      </span>
    </span>
  );
}
