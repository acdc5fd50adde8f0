import { Icon } from '../../components/icon.tsx';
import type { RowLinks } from '../setting-row.tsx';

type Props<Value extends string> = (RowLinks | { readonly 'aria-label': string }) & {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly name: string; readonly lang?: string }[];
  readonly onPick: (value: Value) => void;
};

/** One of several. */
export function PickOne<Value extends string>({ value, options, onPick, ...rest }: Props<Value>) {
  return (
    <span class="select">
      <select {...rest} value={value} onChange={(event) => onPick(event.currentTarget.value as Value)}>
        {options.map(({ value: one, name, lang }) => (
          <option key={one} value={one} lang={lang}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="choose" />
    </span>
  );
}
