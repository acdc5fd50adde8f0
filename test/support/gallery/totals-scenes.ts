import type { LedgerSums, LedgerTotals, StoreUse } from '../../../src/model/data-views.ts';
import type { TransferId } from '../../../src/model/ids.ts';

export type TotalsScene = {
  readonly totals: LedgerTotals;
  readonly use: StoreUse;
  readonly isEngineGone: boolean;
  readonly isRightToLeft: boolean;
};

const MB = 1_000_000;
const GB = 1_000 * MB;

const sums = (peerBytes: number, originBytes: number, uploadedBytes: number): LedgerSums => ({
  peerBytes,
  originBytes,
  uploadedBytes,
  wastedBytes: { duplicate: peerBytes / 400, 'failed-hash': peerBytes / 2_000, 'thrown-away': 49_152, unwanted: 0 },
});

const DAYS = Array.from({ length: 30 }, (_, nth) => ({
  day: new Date(Date.UTC(2026, 6, 22 + nth)).toISOString().slice(0, 10),
  ...sums((1 + Math.sin(nth)) * 2.4 * GB, (1 + Math.cos(nth * 1.7)) * 0.8 * GB, nth * 41 * MB),
}));

const BUSY: TotalsScene = {
  totals: {
    all: sums(81 * GB, 24 * GB, 19 * GB),
    days: DAYS,
    hosts: [
      { host: 'ia902503.us.archive.org', bytes: 14 * GB },
      { host: 'cdimage.debian.org', bytes: 7.4 * GB },
      { host: `${'long-name.'.repeat(6)}example.org`, bytes: 1.9 * GB },
    ],
    otherHostsBytes: 0.6 * GB,
  },
  use: {
    usedBytes: 9.4 * GB,
    freeBytes: 41 * GB,
    transfers: [
      { id: '1'.repeat(40) as TransferId, name: 'debian-13.1.0-amd64-netinst.iso', bytes: 0.7 * GB, isSaved: true },
      {
        id: '2'.repeat(40) as TransferId,
        name: 'OpenStreetMap planet-260801.osm.pbf',
        bytes: 8.1 * GB,
        isSaved: false,
      },
      {
        id: '3'.repeat(40) as TransferId,
        name: `${'A name that goes on '.repeat(8)}.mkv`,
        bytes: 0.3 * GB,
        isSaved: true,
      },
    ],
    strays: { count: 2, bytes: 0.3 * GB },
  },
  isEngineGone: false,
  isRightToLeft: false,
};

const EMPTY: TotalsScene = {
  ...BUSY,
  totals: {
    all: { ...sums(0, 0, 0), wastedBytes: { duplicate: 0, 'failed-hash': 0, 'thrown-away': 0, unwanted: 0 } },
    days: [],
    hosts: [],
    otherHostsBytes: 0,
  },
  use: { usedBytes: 0, freeBytes: 50 * GB, transfers: [], strays: { count: 0, bytes: 0 } },
};

/** The view of all transfers together. The key is the name of the picture. */
export const TOTALS_SCENES: Readonly<Record<string, TotalsScene>> = {
  busy: BUSY,
  empty: EMPTY,
  'engine-gone': { ...BUSY, isEngineGone: true },
  'right-to-left': { ...BUSY, isRightToLeft: true },
};
