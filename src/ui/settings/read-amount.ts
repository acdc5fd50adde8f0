/** What was typed as a number, or why it is none that can be taken. */
export type AmountRead =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly why: 'no-number' | 'not-whole' }
  | { readonly ok: false; readonly why: 'too-small' | 'too-large'; readonly bound: number };

export type Bounds = { readonly least: number; readonly most: number; readonly isWhole?: boolean };

/** The digits of Arabic (U+0660), of Persian (U+06F0), and those of full width that Japanese keyboards write (U+FF10). */
const ZEROS = [0x0660, 0x06f0, 0xff10] as const;

/** Reads a number as people type it: with a point or a comma before decimals, in the digits of their keyboard. */
export function readAmount(text: string, { least, most, isWhole = false }: Bounds): AmountRead {
  const typed = text
    .trim()
    .replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/gu, latinDigit)
    .replace(/[,\u066b\uff0e]/u, '.');
  const value = /^\d+(?:\.\d*)?$|^\.\d+$/.test(typed) ? Number(typed) : Number.NaN;
  if (!Number.isFinite(value)) return { ok: false, why: 'no-number' };
  if (isWhole && !Number.isInteger(value)) return { ok: false, why: 'not-whole' };
  if (value < least) return { ok: false, why: 'too-small', bound: least };
  if (value > most) return { ok: false, why: 'too-large', bound: most };
  return { ok: true, value };
}

function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code <= first + 9) ?? code;
  return String(code - zero);
}
