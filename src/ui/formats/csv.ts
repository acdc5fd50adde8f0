/** A table as comma-separated values (RFC 4180), with a line for the names of its columns first. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/**
 * Names come from strangers, and spreadsheets run what begins with one of these signs: an apostrophe before it makes it
 * a text (OWASP, CSV injection).
 */
const FORMULA = /^[=+\-@\t\r]/u;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
