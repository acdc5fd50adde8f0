import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { SETTINGS_PAGE_WORDS } from '../../words/settings-page-words.ts';
import type { Bounds } from '../read-amount.ts';
import type { RowLinks } from '../setting-row.tsx';
import { AmountField } from './amount-field.tsx';
import { PickOne } from './pick-one.tsx';

/** How large one of the unit is. Written the same in all languages, or in words. */
export type Unit = { readonly name: string; readonly size: number };

type Props = {
  readonly links: RowLinks;
  /** What is limited, as the row calls it. */
  readonly name: string;
  /** In the smallest unit; null: no limit. */
  readonly value: number | null;
  readonly units: readonly [Unit, ...Unit[]];
  readonly bounds: Bounds;
  /** Begins with this when there was no limit. */
  readonly first: number;
  readonly onLimit: (value: number | null) => void;
};

/** A number with its unit, or no limit. The number before is there again when the limit is. */
export function LimitField({ links, name, value, units, bounds, first, onLimit }: Props) {
  const chosen = useSignal(unitFor(value ?? first, units));
  const last = useSignal(value ?? first);
  useEffect(() => {
    if (value === null) return;
    last.value = value;
    // Another number from elsewhere is shown in the unit in which it reads best.
    if (value % chosen.value.size !== 0) chosen.value = unitFor(value, units);
  }, [value]);
  const unit = chosen.value;
  const least = Math.max(bounds.least / unit.size, bounds.isWhole && unit.size === 1 ? 1 : 0.001);
  return (
    <span class="limit">
      <span class="limit-amount">
        <AmountField
          links={links}
          value={value === null ? null : value / unit.size}
          bounds={{ least, most: bounds.most / unit.size }}
          onAmount={(amount) => onLimit(bounds.isWhole ? Math.round(amount * unit.size) : amount * unit.size)}
        />
        {units.length === 1 ? (
          unit.name !== '' && <span class="quiet">{unit.name}</span>
        ) : (
          <PickOne
            aria-label={SETTINGS_PAGE_WORDS.unitOf(name)}
            value={unit.name}
            options={units.map((one) => ({ value: one.name, name: one.name }))}
            onPick={(wanted) => {
              const next = units.find((one) => one.name === wanted) ?? units[0];
              const amount = value === null ? null : value / unit.size;
              chosen.value = next;
              // "500 kB/s" becomes "500 MB/s": whoever changes the unit means that number.
              if (amount !== null) onLimit(Math.min(Math.max(amount * next.size, bounds.least), bounds.most));
            }}
          />
        )}
      </span>
      <label class="no-limit">
        <input
          type="checkbox"
          aria-label={SETTINGS_PAGE_WORDS.noLimitFor(name)}
          checked={value === null}
          onChange={(event) => onLimit(event.currentTarget.checked ? null : last.value)}
        />
        {SETTINGS_PAGE_WORDS.noLimit}
      </label>
    </span>
  );
}

/** The largest that the number has at least one of. */
const unitFor = (value: number, units: readonly [Unit, ...Unit[]]): Unit =>
  units.toReversed().find(({ size }) => value >= size) ?? units[0];
