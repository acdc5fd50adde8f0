import { formatNumber } from '../../words/numbers.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Units that keep one decimal below this value; bytes and kilobytes are never worth a fraction. */
const DECIMAL_BELOW = { B: 0, kB: 0, MB: 10, GB: 100, TB: 100, PB: 100 } as const;

/**
 * Writes a size for people, in decimal units as browsers and shops count them: `999 B`, `12 kB`, `4.1 MB`, `1.2 GB`.
 * The number of decimals depends on the unit alone where numbers run, so that a growing size does not jump in width.
 * Units are the same in all languages, the mark before decimals is not.
 */
export const formatBytes = (bytes: number): string => written(bytes, formatNumber);

/** The same for files, which must not depend on the language of whoever makes them. */
export const formatBytesPlainly = (bytes: number): string =>
  written(bytes, (value, decimals) => value.toFixed(decimals));

function written(bytes: number, write: (value: number, decimals: number) => string): string {
  let value = Math.max(0, bytes);
  let step = 0;
  for (; step < UNITS.length - 1 && roundsTo1000(value, step); step += 1) value /= 1000;
  const unit = UNITS[step] ?? 'PB';
  return `${write(value, decimalsOf(value, step))} ${unit}`;
}

function decimalsOf(value: number, step: number): number {
  const below = DECIMAL_BELOW[UNITS[step] ?? 'PB'];
  return Number(value.toFixed(1)) < below ? 1 : 0;
}

/** 999,950 bytes are "1.0 MB", not "1000 kB": the step up is decided on the number as it would be written. */
function roundsTo1000(value: number, step: number): boolean {
  return Number(value.toFixed(decimalsOf(value, step))) >= 1000;
}
