import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from './icon.tsx';

type Props<Value extends string> = {
  /** Name of the control. */
  readonly label: string;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, { readonly name: string; readonly means: string }>>;
  readonly value: Value;
  /** Resolves to whether it was done. */
  readonly onChoose: (value: Value) => Promise<boolean>;
};

type Chosen<Value> = { readonly value: Value; readonly isDone: boolean };

/** One of several for a transfer. What was chosen shows at once, and is taken back when it could not be done. */
export function Choice<Value extends string>({ label, values, words, value, onChoose }: Props<Value>) {
  const chosen = useSignal<Chosen<Value> | null>(null);
  // The engine's word takes its place. Until then what arrives may have the value of before, or, when somebody goes
  // through the list with the arrow keys, one on the way: put back into the control, it would turn the user around.
  useEffect(() => {
    if (chosen.value?.isDone || chosen.value?.value === value) chosen.value = null;
  }, [value]);
  const shown = chosen.value?.value ?? value;
  const choose = async (wanted: Value) => {
    chosen.value = { value: wanted, isDone: false };
    const isDone = await onChoose(wanted);
    if (chosen.peek()?.value === wanted) chosen.value = isDone ? { value: wanted, isDone } : null;
  };
  return (
    <span class="pick">
      <select
        aria-label={label}
        title={`${label}: ${words[shown].means}`}
        value={shown}
        onChange={(event) => void choose(event.currentTarget.value as Value)}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {words[one].name}
          </option>
        ))}
      </select>
      <Icon name="choose" />
    </span>
  );
}
