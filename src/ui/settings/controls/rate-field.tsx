import type { RowLinks } from '../setting-row.tsx';
import { LimitField, type Unit } from './limit-field.tsx';

const UNITS: readonly [Unit, ...Unit[]] = [
  { name: 'kB/s', size: 1_000 },
  { name: 'MB/s', size: 1_000_000 },
];
/** What the door takes. */
const BOUNDS = { least: 1_000, most: 1_000_000_000_000, isWhole: true } as const;
const FIRST_BYTES_PER_S = 1_000_000;

type Props = {
  readonly links: RowLinks;
  readonly name: string;
  readonly bytesPerS: number | null;
  readonly onRate: (bytesPerS: number | null) => void;
};

/** A limit of bytes a second. */
export function RateField({ links, name, bytesPerS, onRate }: Props) {
  return (
    <LimitField
      links={links}
      name={name}
      value={bytesPerS}
      units={UNITS}
      bounds={BOUNDS}
      first={FIRST_BYTES_PER_S}
      onLimit={onRate}
    />
  );
}
