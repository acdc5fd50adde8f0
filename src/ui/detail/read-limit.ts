/** A number that the user typed for a limit: null for an empty field, which is no limit; undefined when it is no number. */
export function readLimit(text: string): number | null | undefined {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return null;
  const value = /^\d+(?:\.\d+)?$/u.test(typed) ? Number(typed) : Number.NaN;
  return Number.isFinite(value) && value <= MOST ? value : undefined;
}

/** More than any line carries, in kB/s, and more than anybody shares. */
const MOST = 10_000_000;

/** A limit as it is typed. */
export const limitText = (value: number | null): string => (value === null ? '' : String(Number(value.toFixed(2))));
