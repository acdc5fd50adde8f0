import type { Measurement, Samples, Target, Unit } from './measurement.ts';

const HEADINGS = ['row', 'browser', 'case', 'ours', 'against', 'ratio', 'target', ''];

/** The measurements as a table of text: medians, and in brackets the least and the most that was seen. */
export function tableOf(measurements: readonly Measurement[]): string {
  const lines = measurements.map((it) => [
    it.row,
    it.browser,
    it.case,
    `${withSpread(it.ours, it.unit)}${it.other === null ? ` ${it.ours.what}` : ''}`,
    it.other === null ? '' : `${withSpread(it.other, it.unit)} ${it.other.what}`,
    it.ratio === null ? '' : it.ratio.toFixed(2),
    it.target === null ? '' : targetText(it.target, it.ratio === null ? it.unit : null),
    it.isMet === null ? '' : it.isMet ? 'met' : 'MISSED',
  ]);
  const all = [HEADINGS, ...lines];
  const widths = HEADINGS.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  return all
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function withSpread({ samples, median }: Samples, unit: Unit): string {
  const spread = samples.length > 1 ? ` (${digits(Math.min(...samples))}–${digits(Math.max(...samples))})` : '';
  return `${digits(median)}${spread} ${unit}`;
}

const targetText = (target: Target, unit: Unit | null): string =>
  `${'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`}${unit === null ? '' : ` ${unit}`}`;

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
