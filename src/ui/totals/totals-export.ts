import type { LedgerTotals } from '../../model/data-views.ts';
import { csvOf } from '../formats/csv.ts';

/** All sums as JSON, in bytes. */
export const totalsJson = (totals: LedgerTotals): string => `${JSON.stringify(totals, null, 2)}\n`;

/** The days as a table, oldest first, in bytes; the last line is of all time. */
export function totalsCsv({ days, all }: LedgerTotals): string {
  return csvOf([
    ['day', 'from_peers', 'from_origins', 'uploaded', 'came_twice', 'came_damaged', 'thrown_away', 'unwanted'],
    ...[...days, { ...all, day: 'all' }].map(({ day, peerBytes, originBytes, uploadedBytes, wastedBytes }) => [
      day,
      peerBytes,
      originBytes,
      uploadedBytes,
      wastedBytes.duplicate,
      wastedBytes['failed-hash'],
      wastedBytes['thrown-away'],
      wastedBytes.unwanted,
    ]),
  ]);
}

/** The hosts as a table. */
export const hostsCsv = ({ hosts, otherHostsBytes }: LedgerTotals): string =>
  csvOf([
    ['host', 'bytes'],
    ...hosts.map(({ host, bytes }) => [host, bytes] as const),
    ...(otherHostsBytes > 0 ? [['(others)', otherHostsBytes] as const] : []),
  ]);

/** Share of what was downloaded that peers brought, 0 to 1; null when nothing was. */
export function offloadOf({ peerBytes, originBytes }: { peerBytes: number; originBytes: number }): number | null {
  const bytes = peerBytes + originBytes;
  return bytes === 0 ? null : peerBytes / bytes;
}
