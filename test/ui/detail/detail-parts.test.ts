import { describe, expect, test } from 'vitest';
import { checkSources } from '../../../src/ui/detail/check-source.ts';
import { ledgerCsv } from '../../../src/ui/detail/ledger-export.ts';
import { limitText, readLimit } from '../../../src/ui/detail/read-limit.ts';
import { heldOrder, nextSort, sortRows } from '../../../src/ui/detail/sort-rows.ts';
import { speedColumns, speedRows } from '../../../src/ui/detail/speed-samples.ts';
import { exportFileName } from '../../../src/ui/formats/export-file-name.ts';

describe('addresses to add', () => {
  test.each([
    ['wss://tracker.example/', ['wss://tracker.example/'], []],
    ['  https://cdn.example/a.iso\nws://t.example:8000 ', ['ws://t.example:8000'], ['https://cdn.example/a.iso']],
  ])('%j are taken', (text, trackers, origins) => {
    expect(checkSources(text)).toEqual({ ok: true, trackers, origins });
  });

  test.each([
    ['   ', 'empty', ''],
    ['my tracker', 'no-address', 'my'],
    ['udp://tracker.example:6969', 'not-in-browsers', 'udp://tracker.example:6969'],
    ['http://tracker.example/announce', 'not-in-browsers', 'http://tracker.example/announce'],
    ['ftp://ftp.example/a', 'no-address', 'ftp://ftp.example/a'],
    ['https://me:secret@cdn.example/a', 'has-login', 'https://me:secret@cdn.example/a'],
    ['wss://ok.example javascript:alert(1)', 'no-address', 'javascript:alert(1)'],
  ])('%j is refused as %s', (text, reason, word) => {
    expect(checkSources(text)).toEqual({ ok: false, reason, text: word });
  });
});

describe('the order of rows', () => {
  type Row = { readonly id: string; readonly speed: number | null };
  const rows: Row[] = [
    { id: 'a', speed: 2 },
    { id: 'b', speed: null },
    { id: 'c', speed: 10 },
  ];
  const ids = (sorted: readonly Row[]) => sorted.map(({ id }) => id).join('');

  test('is that of its numbers, the unknown last both ways', () => {
    expect(ids(sortRows(rows, ({ speed }) => speed, false))).toBe('acb');
    expect(ids(sortRows(rows, ({ speed }) => speed, true))).toBe('cab');
  });

  test('stays while somebody is busy with it; who is new comes last', () => {
    expect(ids(heldOrder(rows, ({ id }) => id, ['c', 'x', 'a']))).toBe('cab');
  });

  test('turns with each click, and begins with the largest number', () => {
    const first = nextSort({ column: 'name', isDescending: false }, 'speed', true);
    expect(first).toEqual({ column: 'speed', isDescending: true });
    expect(nextSort(first, 'speed', true)).toEqual({ column: 'speed', isDescending: false });
  });
});

describe('speeds over time', () => {
  const speeds = { untilMs: 100_000, everyS: 2, fromPeers: [1, 2, 3], fromOrigins: [5], uploaded: [] };

  test('have a time each, the last is now, and gaps are nothing', () => {
    expect(speedColumns(speeds)).toEqual({
      atS: [96, 98, 100],
      fromPeers: [1, 2, 3],
      fromOrigins: [0, 0, 5],
      uploaded: [0, 0, 0],
    });
  });

  test('are at most twelve lines in words, each the mean of its time', () => {
    const long = { ...speeds, fromPeers: Array.from({ length: 24 }, (_, at) => at) };
    const rows = speedRows(speedColumns(long));
    expect(rows).toHaveLength(12);
    expect(rows[1]).toMatchObject({ fromPeers: 2.5, uploaded: 0 });
  });
});

test.each([
  ['', null],
  [' 500 ', 500],
  ['1,5', 1.5],
  ['fast', undefined],
  ['-1', undefined],
  ['1e99', undefined],
])('the limit %j is read as %j', (text, expected) => {
  expect(readLimit(text)).toBe(expected);
});

test('a limit is written as it is typed', () => {
  expect([limitText(null), limitText(1.5), limitText(500)]).toEqual(['', '1.5', '500']);
});

test('a table for spreadsheets quotes names, and runs none', () => {
  const csv = ledgerCsv({
    verified: { peerBytes: 3, originBytes: 2, hereBytes: 0 },
    offload: 0.6,
    hosts: [{ host: '=cmd()', bytes: 2 }],
    peers: [{ name: 'a "b", c', bytes: 3 }],
    otherHostsBytes: 0,
    otherPeersBytes: 0,
    uploadedBytes: 1,
    vouchedBytes: 8,
    wastedBytes: { duplicate: 7, 'failed-hash': 0, 'thrown-away': 0, unwanted: 0 },
  });
  expect(csv.split('\r\n')).toEqual(
    expect.arrayContaining([
      'kind,name,bytes',
      "origin,'=cmd(),2",
      'peer,"a ""b"", c",3',
      'vouched,origins,8',
      'wasted,duplicate,7',
      'wasted,unwanted,0',
    ]),
  );
});

test('names of saved files suit every system', () => {
  expect(exportFileName('a/b:c.', 'ledger.csv')).toBe('a_b_c.rivulet-ledger.csv');
});
