import type { LedgerSums } from '../../model/data-views.ts';
import { EMPTY_TOTALS, MAX_DAYS, MAX_HOSTS, merged, type StoredTotals } from '../totals/stored-totals.ts';
import { list, members, PlainValueError, text, whole } from '../transfer/plain-values.ts';

/** One PB: far above what anybody moves, and sums of all days stay far from 2^53. */
const MAX_BYTES = 1e15;
const MAX_HOST_CHARS = 300;

/** Reads totals as anybody may have written them. @throws {PlainValueError} */
export function readTotals(value: unknown): StoredTotals {
  const from = members(value, 'the ledger');
  const hosts = members(from.hosts, 'hosts');
  const read: StoredTotals = {
    earlier: sumsOf(from.earlier),
    days: list(from.days, 'days', MAX_DAYS, (day) => ({ day: dayOf(members(day, 'a day').day), ...sumsOf(day) })),
    hosts: {
      named: list(hosts.named, 'hosts', MAX_HOSTS, (host) => {
        const { name, bytes } = members(host, 'a host');
        return { name: text(name, 'a host', MAX_HOST_CHARS), bytes: whole(bytes, 'bytes', MAX_BYTES) };
      }),
      othersBytes: whole(hosts.othersBytes, 'bytes', MAX_BYTES),
    },
  };
  return merged(EMPTY_TOTALS, read); // puts days in order, each once
}

function sumsOf(value: unknown): LedgerSums {
  const { peerBytes, originBytes, uploadedBytes, wastedBytes } = members(value, 'sums');
  const wasted = members(wastedBytes, 'wasted bytes');
  return {
    peerBytes: whole(peerBytes, 'bytes', MAX_BYTES),
    originBytes: whole(originBytes, 'bytes', MAX_BYTES),
    uploadedBytes: whole(uploadedBytes, 'bytes', MAX_BYTES),
    wastedBytes: {
      duplicate: whole(wasted.duplicate, 'bytes', MAX_BYTES),
      'failed-hash': whole(wasted['failed-hash'], 'bytes', MAX_BYTES),
      'thrown-away': whole(wasted['thrown-away'], 'bytes', MAX_BYTES),
      unwanted: whole(wasted.unwanted ?? 0, 'bytes', MAX_BYTES), // older documents have none
    },
  };
}

function dayOf(value: unknown): string {
  const day = text(value, 'a day', 10);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
  if (!isDay) throw new PlainValueError('this is no day');
  return day;
}
