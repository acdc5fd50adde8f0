const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size as people say it, in decimal units: `999 bytes`, `12 kB`, `4.1 MB`. */
export function sizeInWords(bytes: number): string {
  let value = Math.max(bytes, 0);
  let step = 0;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${value.toFixed(step >= 2 && value < 100 ? 1 : 0)} ${UNITS[step]}`;
}
