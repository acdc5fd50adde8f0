import type { LedgerDay, LedgerSums, LedgerTotals } from '../../model/data-views.ts';
import { combinedWaste, NOTHING_WASTED } from '../../model/ledger.ts';
import { EMPTY_TALLY, type Tally, withBytes } from '../transfer/tally.ts';
import type { LedgerChange } from './ledger-change.ts';

/** More than a year, so that the same day of last year can be seen. */
export const MAX_DAYS = 400;
export const MAX_HOSTS = 200;

/** Bytes by source over all transfers, also those that are gone. Plain data, as it is remembered. */
export type StoredTotals = {
  /** Days before the first of `days`. */
  readonly earlier: LedgerSums;
  /** Days on which anything came or went, oldest first; at most `MAX_DAYS`. */
  readonly days: readonly LedgerDay[];
  readonly hosts: Tally;
};

export const NO_SUMS: LedgerSums = {
  peerBytes: 0,
  originBytes: 0,
  uploadedBytes: 0,
  wastedBytes: NOTHING_WASTED,
};

export const EMPTY_TOTALS: StoredTotals = { earlier: NO_SUMS, days: [], hosts: EMPTY_TALLY };

/** Totals as an earlier version may have written them: reasons for waste that it did not know are missing. */
export const currentTotals = ({ earlier, days, hosts }: StoredTotals): StoredTotals => ({
  earlier: currentSums(earlier),
  days: days.map(currentSums),
  hosts,
});

const currentSums = <Sums extends LedgerSums>(sums: Sums): Sums => ({
  ...sums,
  wastedBytes: { ...NOTHING_WASTED, ...sums.wastedBytes },
});

/** The totals after something came or went on a day. Pure. */
export function withChange(totals: StoredTotals, day: string, { sums, hosts }: LedgerChange): StoredTotals {
  const days = totals.days.some((known) => known.day === day)
    ? totals.days.map((known) => (known.day === day ? { day, ...combined(known, sums, plus) } : known))
    : [...totals.days, { day, ...sums }].sort(byDay);
  const named = hosts.reduce((tally, { name, bytes }) => withBytes(tally, name, bytes, MAX_HOSTS), totals.hosts);
  return bounded({ earlier: totals.earlier, days, hosts: named });
}

/**
 * The totals of two documents of which one may be an older copy of the other: of each day and host the larger count. The
 * same one read twice changes nothing. Pure.
 */
export function merged(ours: StoredTotals, theirs: StoredTotals): StoredTotals {
  const days = new Map(ours.days.map((day) => [day.day, day]));
  for (const theirDay of theirs.days) {
    const { day } = theirDay;
    days.set(day, { day, ...combined(days.get(day) ?? NO_SUMS, theirDay, Math.max) });
  }
  const hosts = new Map(ours.hosts.named.map(({ name, bytes }) => [name, bytes]));
  for (const { name, bytes } of theirs.hosts.named) hosts.set(name, Math.max(hosts.get(name) ?? 0, bytes));
  const largestFirst = [...hosts].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
  const rest = largestFirst.slice(MAX_HOSTS).reduce((sum, { bytes }) => sum + bytes, 0);
  return bounded({
    earlier: combined(ours.earlier, theirs.earlier, Math.max),
    days: [...days.values()].sort(byDay),
    hosts: {
      named: largestFirst.slice(0, MAX_HOSTS),
      othersBytes: Math.max(ours.hosts.othersBytes, theirs.hosts.othersBytes) + rest,
    },
  });
}

/** The totals as screens see them. */
export function totalsView({ earlier, days, hosts }: StoredTotals): LedgerTotals {
  const largestFirst = hosts.named.toSorted((a, b) => b.bytes - a.bytes);
  return {
    all: days.reduce<LedgerSums>((sum, day) => combined(sum, day, plus), earlier),
    days,
    hosts: largestFirst.map(({ name, bytes }) => ({ host: name, bytes })),
    otherHostsBytes: hosts.othersBytes,
  };
}

function bounded({ earlier, days, hosts }: StoredTotals): StoredTotals {
  const tooMany = Math.max(days.length - MAX_DAYS, 0);
  const sum = days.slice(0, tooMany).reduce<LedgerSums>((before, day) => combined(before, day, plus), earlier);
  return { earlier: sum, days: days.slice(tooMany), hosts };
}

const plus = (a: number, b: number): number => a + b;

function combined(a: LedgerSums, b: LedgerSums, how: (a: number, b: number) => number): LedgerSums {
  return {
    peerBytes: how(a.peerBytes, b.peerBytes),
    originBytes: how(a.originBytes, b.originBytes),
    uploadedBytes: how(a.uploadedBytes, b.uploadedBytes),
    wastedBytes: combinedWaste(a.wastedBytes, b.wastedBytes, how),
  };
}

const byDay = (a: LedgerDay, b: LedgerDay): number => (a.day < b.day ? -1 : 1);
