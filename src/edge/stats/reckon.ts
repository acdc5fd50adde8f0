import type { Price, Statistics, StatisticsNote, Tally } from '../../model/statistics.ts';
import type { DaySums, FileSums, Span, SpeedCount, Sums } from '../records/day-sums.ts';
import { compareSpeeds } from './compare-speeds.ts';

export type Counted = {
  readonly totals: Sums & { readonly files: number };
  readonly days: readonly DaySums[];
  readonly files: readonly FileSums[];
  readonly speeds: readonly SpeedCount[];
  readonly price: Price | null;
  /** Whether any answer of the origin was ever recorded. */
  readonly isOriginSeen: boolean;
};

/** Reports round, come late, and end on another day than they began: differences up to a tenth mean nothing. */
const CLEARLY_MORE = 1.1;
/** Uploads are reported by fewer clients than downloads: who goes offline while sharing reports nothing more. */
const FAR_MORE = 3;

/** Turns what was counted into what the publisher sees. Pure. */
export function reckon(span: Span, counted: Counted): Statistics {
  const { totals, days, files, speeds, price, isOriginSeen } = counted;
  return {
    from: span.from,
    to: span.to,
    file: span.infoHash,
    totals: tally(totals, isOriginSeen),
    days: days.map((sums) => ({ day: sums.day, ...tally(sums, isOriginSeen) })),
    files: files.map((sums) => ({ ...identityOf(sums), ...tally(sums, isOriginSeen) })),
    filesLeftOut: totals.files - files.length,
    speeds: compareSpeeds(speeds),
    price,
    notes: notesOn(counted),
  };
}

const identityOf = ({ infoHash, name, sizeBytes }: FileSums) => ({ infoHash, name, sizeBytes });

/**
 * Savings are what was delivered minus all that the origin sent. Partial and cancelled downloads cost the origin and
 * deliver nothing; a range that ends with the file is no completion, because who takes a file in ranges tells the tracker
 * of its end, or is a player or a download manager that cannot be told from one that stopped. All parts are sums, so
 * days, files and totals agree to the byte.
 */
export function tally(sums: Sums, isOriginSeen: boolean): Tally {
  const { plain, completed, control, started, deliveredBytes, originBytes, reports } = sums;
  const savedBytes = isOriginSeen ? deliveredBytes - originBytes : null;
  const { provenWithPeers: _, ...claims } = reports;
  return {
    completions: plain + completed + control,
    plain,
    withPeers: completed,
    control,
    started,
    deliveredBytes,
    originBytes,
    savedBytes,
    offload: savedBytes !== null && deliveredBytes > 0 ? savedBytes / deliveredBytes : null,
    claims,
  };
}

function notesOn({ totals, files, isOriginSeen }: Counted): StatisticsNote[] {
  const { reports, originBytes, completed } = totals;
  const largest = files.reduce((max, { sizeBytes }) => Math.max(max, sizeBytes ?? 0), 0);
  const isAbove = (claimed: number, seen: number, times: number) => claimed > seen * times + largest;
  const hasDeliveries = completed + totals.control + reports.completed > 0;
  return [
    ...(!isOriginSeen && hasDeliveries ? (['origin-not-seen'] as const) : []),
    ...(isOriginSeen && isAbove(reports.originBytes, originBytes, CLEARLY_MORE)
      ? (['origin-incomplete'] as const)
      : []),
    ...(reports.provenWithPeers > completed ? (['tracker-incomplete'] as const) : []),
    ...(isAbove(reports.peerBytes, reports.uploadedBytes, FAR_MORE) ? (['claims-differ'] as const) : []),
    ...(files.some(({ sizeBytes }) => sizeBytes === null) ? (['files-unknown'] as const) : []),
  ];
}
