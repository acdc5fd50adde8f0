import { numberTag } from './spoken.ts';

const formats = new Map<string, Intl.NumberFormat>();
const rules = new Map<string, Intl.PluralRules>();

/**
 * Writes a number as the language of the screen does: `2,000`, `4.1`; in German `2.000`, `4,1`.
 * @param decimals Digits after the mark, exactly, as figures beside a unit have them: those are not grouped, either.
 */
export function formatNumber(value: number, decimals?: number): string {
  const tag = numberTag();
  const key = `${tag} ${decimals}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(tag, digits(decimals));
  formats.set(key, known); // making one takes longer than all that it writes on a screen
  return known.format(value);
}

const digits = (decimals: number | undefined): Intl.NumberFormatOptions =>
  decimals === undefined
    ? {}
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false };

/** Which of its forms the language of the screen uses for a number: `one`, `few`, `other` (CLDR plural rules). */
export function pluralForm(count: number): Intl.LDMLPluralRule {
  const tag = numberTag();
  const known = rules.get(tag) ?? new Intl.PluralRules(tag);
  rules.set(tag, known);
  return known.select(count);
}
