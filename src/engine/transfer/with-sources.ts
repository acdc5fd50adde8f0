import type { SourceList } from '../torrent/torrent-description.ts';
import type { TransferRecord } from './transfer-record.ts';

type Sources = Pick<TransferRecord, 'trackers' | 'origins' | 'torrentUrls'>;

/** What a transfer knows of sources, with more of them; null when none is new. */
export function withSources(known: Sources, more: SourceList, torrentUrls: readonly string[]): Sources | null {
  const trackers = union(known.trackers, more.trackers);
  const origins = union(known.origins, more.origins);
  const urls = union(known.torrentUrls, torrentUrls);
  const before = known.trackers.length + known.origins.length + known.torrentUrls.length;
  if (trackers.length + origins.length + urls.length === before) return null;
  return { trackers, origins, torrentUrls: urls };
}

const union = <T>(old: readonly T[], more: readonly T[]): T[] => [...new Set([...old, ...more])];
