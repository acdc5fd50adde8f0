import type { Settings } from '../../model/settings.ts';
import type { TransferRecord } from './transfer-record.ts';

type Extra = Pick<Settings, 'addsTrackers' | 'extraTrackers'>;

/**
 * The trackers that a transfer gets besides its own, if the user wants that: none for a private torrent (BEP 27), nor for
 * a click on a publisher's link. Whether a magnet is private is known only with its metadata: until then one that names
 * trackers keeps to them.
 */
export function moreTrackers(
  { isPrivate, delivery, trackers }: Pick<TransferRecord, 'isPrivate' | 'delivery' | 'trackers'>,
  hasMetadata: boolean,
  { addsTrackers, extraTrackers }: Extra,
): readonly string[] {
  if (!addsTrackers || isPrivate || delivery != null || (!hasMetadata && trackers.length > 0)) return [];
  return extraTrackers.filter((url) => !trackers.includes(url));
}
