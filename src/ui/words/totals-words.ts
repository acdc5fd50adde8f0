import english from '../../_locales/en/totals.json' with { type: 'json' };
import type { StateRead } from '../../model/data-views.ts';
import type { WastedBytes } from '../../model/ledger.ts';
import { wordsOf } from '../../words/say.ts';
import { numberTag } from '../../words/spoken.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { joinParts } from '../formats/format-list.ts';
import type { TotalsNews } from '../totals/totals-model.ts';

/** The texts of the view of all transfers together. */
export const sayTotals = wordsOf('totals', english);

/** Waste below this is not worth a word. */
const WORTH_SAYING_BYTES = 10_000;

/** A share from 0 to 1: `70%`. */
export const shareWords = (share: number): string =>
  share.toLocaleString(numberTag(), { style: 'percent', maximumFractionDigits: 0 });

/** A day of the calendar, `2026-11-22`, as people write it; a day that is none as it is. */
export function dayWords(day: string): string {
  const date = new Date(`${day}T12:00:00`);
  if (Number.isNaN(date.getTime())) return day;
  return date.toLocaleDateString(numberTag(), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
}

/** What came for nothing, by reason. Empty when it is not worth a word. */
export function wastedWords(wasted: WastedBytes): string {
  const parts = [
    ...(wasted.duplicate >= WORTH_SAYING_BYTES ? [sayTotals('cameTwice', amount(wasted.duplicate))] : []),
    ...(wasted['failed-hash'] >= WORTH_SAYING_BYTES ? [sayTotals('cameDamaged', amount(wasted['failed-hash']))] : []),
    ...(wasted['thrown-away'] >= WORTH_SAYING_BYTES ? [sayTotals('thrownAway', amount(wasted['thrown-away']))] : []),
    ...(wasted.unwanted >= WORTH_SAYING_BYTES ? [sayTotals('cameUnwanted', amount(wasted.unwanted))] : []),
  ];
  return parts.length === 0 ? '' : sayTotals('wasted', { parts: joinParts(parts) });
}

const amount = (bytes: number) => ({ size: formatBytes(bytes) });

/** What a click did. */
export function newsWords(news: TotalsNews): string {
  switch (news.what) {
    case 'freed':
      return sayTotals('freed', amount(news.bytes));
    case 'deleted':
      return sayTotals('deleted');
    case 'nothing-deleted':
      return sayTotals('nothingDeleted');
    case 'exported':
      return sayTotals('exported');
    case 'exported-without':
      return sayTotals.count('exportedWithout', news.leftOut);
    case 'exported-in-part':
      return sayTotals.count('exportedInPart', news.withoutInfo);
    case 'read':
      return readWords(news.read);
  }
}

const NOT_READ = { 'no-state': 'notState', 'newer-version': 'newerState', 'too-large': 'largeState' } as const;

function readWords(read: StateRead): string {
  if (!read.ok) return sayTotals(NOT_READ[read.reason]);
  const { added, wereThere, unreadable } = read;
  return [
    sayTotals.count('readAdded', added),
    ...(wereThere > 0 ? [sayTotals.count('readWereThere', wereThere)] : []),
    ...(unreadable > 0 ? [sayTotals.count('readUnreadable', unreadable)] : []),
  ].join(' ');
}
