import type { LedgerSums, LedgerTotals } from '../../model/data-views.ts';

const DAY_COLUMNS = [
  'day',
  'from_peers_bytes',
  'from_origins_bytes',
  'uploaded_bytes',
  'wasted_twice_bytes',
  'wasted_wrong_bytes',
  'wasted_thrown_away_bytes',
  'wasted_unwanted_bytes',
] as const;

/** Bytes by day as CSV (RFC 4180), oldest first; the last line is the sum of all time, with the days that are left out. */
export function ledgerDaysCsv({ days, all }: LedgerTotals): string {
  return csv([DAY_COLUMNS, ...days.map((day) => [day.day, ...figuresOf(day)]), ['all', ...figuresOf(all)]]);
}

/** Bytes by origin's host as CSV (RFC 4180), the largest first; hosts that are not known by name are `others`. */
export function ledgerHostsCsv({ hosts, otherHostsBytes }: LedgerTotals): string {
  const others = otherHostsBytes > 0 ? [['others', otherHostsBytes]] : [];
  return csv([['host', 'bytes'], ...hosts.map(({ host, bytes }) => [host, bytes]), ...others]);
}

/** Everything as JSON, indented for people. */
export const ledgerJson = (totals: LedgerTotals): string => `${JSON.stringify(totals, null, 2)}\n`;

const figuresOf = ({ peerBytes, originBytes, uploadedBytes, wastedBytes }: LedgerSums): readonly number[] => [
  peerBytes,
  originBytes,
  uploadedBytes,
  wastedBytes.duplicate,
  wastedBytes['failed-hash'],
  wastedBytes['thrown-away'],
  wastedBytes.unwanted,
];

const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** What a program that calculates with tables may take for a formula at the start of a cell. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** One field. Text from outside that could be a formula gets an apostrophe before it, as such programs write it. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
