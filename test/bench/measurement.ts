import type { BrowserName } from '../../tools/ensure-browsers.ts';
import type { RowName } from './bench-options.ts';
import { median } from './statistics.ts';

export type Unit = 'MB/s' | 'MB' | 's' | 'ms' | 'bytes' | '%' | 'stalls';
export type Samples = { readonly what: string; readonly samples: readonly number[]; readonly median: number };
/** What a measurement is held to. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One line of the table: ours alone, or ours in proportion to another. */
export type Measurement = {
  readonly row: RowName;
  readonly browser: BrowserName;
  readonly case: string;
  readonly unit: Unit;
  readonly ours: Samples;
  /** Null when ours is held to a fixed limit. */
  readonly other: Samples | null;
  /** Median of ours by median of the other; null without another. */
  readonly ratio: number | null;
  /** Of the ratio where there is one, else of our median; null for what is only worth knowing. */
  readonly target: Target | null;
  readonly isMet: boolean | null;
};

type Raw = { readonly what: string; readonly samples: readonly number[] };
type Given = Pick<Measurement, 'row' | 'browser' | 'case' | 'unit' | 'target'> & {
  readonly ours: Raw;
  readonly other?: Raw;
};

/** Sums samples up. */
export function measurement({ ours, other, ...given }: Given): Measurement {
  const summed = (raw: Raw): Samples => ({ ...raw, median: median(raw.samples) });
  const [our, their] = [summed(ours), other === undefined ? null : summed(other)];
  const ratio = their === null ? null : our.median / their.median;
  const { target } = given;
  const value = ratio ?? our.median;
  const isMet = target === null ? null : 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
  return { ...given, ours: our, other: their, ratio, isMet };
}
