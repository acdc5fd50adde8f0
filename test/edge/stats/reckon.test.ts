import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileSums, Sums } from '../../../src/edge/records/day-sums.ts';
import { type Counted, reckon, tally } from '../../../src/edge/stats/reckon.ts';
import { noReports, nothing } from './sample-sums.ts';

const SPAN = { from: null, to: null, infoHash: null };
const counted = (totals: Partial<Sums>, more: Partial<Counted> = {}): Counted => ({
  totals: { ...nothing, ...totals, files: 1 },
  ...{ days: [], files: [], speeds: [], price: null, isOriginSeen: true },
  ...more,
});
const GB = 1e9;

test.each([
  [
    'ten downloads, of which the origin sent two',
    { completed: 10, deliveredBytes: 10 * GB, originBytes: 2 * GB },
    8 * GB,
    0.8,
  ],
  ['plain downloads save nothing', { plain: 3, deliveredBytes: 3 * GB, originBytes: 3 * GB }, 0, 0],
  ['what is broken off costs', { completed: 1, deliveredBytes: GB, originBytes: 3 * GB }, -2 * GB, -2],
  ['only broken-off downloads: a cost and no share', { originBytes: GB }, -GB, null],
  ['nothing happened', {}, 0, null],
])('%s', (_, sums, savedBytes, offload) => {
  expect(tally({ ...nothing, ...sums }, true)).toMatchObject({ savedBytes, offload });
});

test('without the origin’s own bytes there is no saving, however much was delivered', () => {
  const statistics = reckon(SPAN, counted({ completed: 5, deliveredBytes: 5 * GB }, { isOriginSeen: false }));
  expect(statistics.totals).toMatchObject({ completions: 5, savedBytes: null, offload: null });
  expect(statistics.notes).toEqual(['origin-not-seen']);
});

test('claims change no saving', () => {
  const seen = { completed: 4, deliveredBytes: 4 * GB, originBytes: GB };
  const boast = { ...noReports, completed: 1000, peerBytes: 1e15, uploadedBytes: 1e15 };
  const { totals } = reckon(SPAN, counted({ ...seen, reports: boast }));
  const { totals: honest } = reckon(SPAN, counted(seen));
  expect({ ...totals, claims: null }).toEqual({ ...honest, claims: null });
});

describe('a note', () => {
  const file: FileSums = { ...nothing, infoHash: 'ab'.repeat(20), name: 'x', sizeBytes: GB };
  test.each([
    [
      'says when clients took more from the origin than its logs show',
      { originBytes: 5 * GB, reports: { ...noReports, completed: 9, originBytes: 8 * GB } },
      ['origin-incomplete'],
    ],
    [
      'is not made for a download that ended after midnight',
      { originBytes: 5 * GB, reports: { ...noReports, completed: 9, originBytes: 6 * GB } },
      [],
    ],
    [
      'says when the tracker hears of too little',
      { completed: 3, reports: { ...noReports, completed: 4, provenWithPeers: 4 } },
      ['tracker-incomplete'],
    ],
    [
      'says when claims do not fit together',
      { reports: { ...noReports, completed: 9, peerBytes: 9 * GB, uploadedBytes: GB } },
      ['claims-differ'],
    ],
    [
      'is not made when many who share report nothing',
      { reports: { ...noReports, completed: 9, peerBytes: 9 * GB, uploadedBytes: 4 * GB } },
      [],
    ],
  ])('%s', (_, totals, notes) => {
    expect(reckon(SPAN, counted(totals, { files: [file] })).notes).toEqual(notes);
  });
  test('says when a file is not known', () => {
    expect(reckon(SPAN, counted({}, { files: [{ ...file, sizeBytes: null }] })).notes).toEqual(['files-unknown']);
  });
});

test('files that are left out are counted', () => {
  const statistics = reckon(SPAN, { ...counted({}), totals: { ...nothing, files: 1200 } });
  expect(statistics.filesLeftOut).toBe(1200);
});

test('savings of days add up to those of their sum', () => {
  const day = fc.record({ deliveredBytes: fc.nat(1e12), originBytes: fc.nat(1e12) });
  fc.assert(
    fc.property(fc.array(day, { minLength: 1 }), (days) => {
      const sum = (key: 'deliveredBytes' | 'originBytes') => days.reduce((all, one) => all + one[key], 0);
      const whole = tally({ ...nothing, deliveredBytes: sum('deliveredBytes'), originBytes: sum('originBytes') }, true);
      const parts = days.map((one) => tally({ ...nothing, ...one }, true).savedBytes ?? 0);
      expect(whole.savedBytes).toBe(parts.reduce((all, one) => all + one, 0));
    }),
    { seed: 1 },
  );
});
