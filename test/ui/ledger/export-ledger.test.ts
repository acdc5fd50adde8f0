import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerTotals } from '../../../src/model/data-views.ts';
import { ledgerDaysCsv, ledgerHostsCsv, ledgerJson } from '../../../src/ui/ledger/export-ledger.ts';

const sums = (peerBytes: number) => ({
  peerBytes,
  originBytes: 2,
  uploadedBytes: 3,
  wastedBytes: { duplicate: 4, 'failed-hash': 5, 'thrown-away': 6, unwanted: 7 },
});
const totals: LedgerTotals = {
  all: sums(10),
  days: [
    { day: '2026-11-21', ...sums(1) },
    { day: '2026-11-22', ...sums(7) },
  ],
  hosts: [{ host: 'cdn.example', bytes: 9 }],
  otherHostsBytes: 5,
};

test('days are lines, and the last one sums all time', () => {
  expect(ledgerDaysCsv(totals).split('\r\n')).toEqual([
    'day,from_peers_bytes,from_origins_bytes,uploaded_bytes,wasted_twice_bytes,wasted_wrong_bytes,wasted_thrown_away_bytes,wasted_unwanted_bytes',
    '2026-11-21,1,2,3,4,5,6,7',
    '2026-11-22,7,2,3,4,5,6,7',
    'all,10,2,3,4,5,6,7',
    '',
  ]);
});

test('hosts without a name are summed', () => {
  expect(ledgerHostsCsv(totals)).toBe('host,bytes\r\ncdn.example,9\r\nothers,5\r\n');
});

test.each([
  ['=1+1.example', "'=1+1.example"],
  ['+x', "'+x"],
  ['-x', "'-x"],
  ['@sum(a1)', "'@sum(a1)"],
  ['\t=x', "'\t=x"],
  ['a"b', '"a""b"'],
  ['=a,b', '"\'=a,b"'],
])('the host %j is no formula and one field', (host, field) => {
  const text = ledgerHostsCsv({ ...totals, hosts: [{ host, bytes: 1 }], otherHostsBytes: 0 });
  expect(text).toBe(`host,bytes\r\n${field},1\r\n`);
});

/** Reads CSV as RFC 4180 has it. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test('whatever a host is called, a reader finds it again, and never as a formula', () => {
  const anyHost = fc.array(fc.record({ host: fc.string({ unit: 'binary' }), bytes: fc.nat() }));
  fc.assert(
    fc.property(anyHost, (hosts) => {
      const [, ...rows] = rowsOf(ledgerHostsCsv({ ...totals, hosts, otherHostsBytes: 0 }));
      expect(rows.map(([host = '', bytes]) => [host, Number(bytes)])).toEqual(
        hosts.map(({ host, bytes }) => [/^[=+\-@\t\r\n]/.test(host) ? `'${host}` : host, bytes]),
      );
    }),
  );
});

test('JSON has everything', () => {
  expect(JSON.parse(ledgerJson(totals))).toEqual(totals);
});
