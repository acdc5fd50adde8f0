import type { OriginUrl } from '../../model/ids.ts';
import { outwardOnly } from '../torrent/outward-sources.ts';
import { makeSourceList } from '../torrent/source-list.ts';
import type { SourceList } from '../torrent/torrent-description.ts';
import type { Transfer } from './transfer.ts';
import { withSources } from './with-sources.ts';

/**
 * Gives more sources to a transfer that is in the list already; a private torrent keeps to its own (BEP 27). What runs
 * goes on: origins are asked from now on, and more trackers are joined without touching anything else. Only one that
 * still looks for its metadata begins anew.
 * @returns whether any of them is new.
 */
export async function addSources(
  transfer: Transfer,
  sources: SourceList,
  torrentUrls: readonly string[],
): Promise<boolean> {
  if (transfer.record.isPrivate) return false;
  const more = withSources(transfer.record, sources, torrentUrls);
  if (more === null) return false;
  transfer.book.remember(more);
  await transfer.book.persist();
  if (transfer.record.state.phase === 'fetching-metadata') await transfer.whileStopped(() => undefined);
  else transfer.run?.sourcesChanged();
  return true;
}

/**
 * The same with addresses that the user typed. What is no tracker or origin is left out, no list gets longer than a
 * torrent's may be, and a transfer that came from a public page is not led into the local network, because nobody could
 * tell then which of its addresses may be (`leftOut` names those hosts, as when it was added).
 */
export async function addTypedSources(
  transfer: Transfer,
  typed: { readonly trackers: readonly string[]; readonly origins: readonly string[] },
): Promise<boolean> {
  const { record, book } = transfer;
  if (record.isPrivate) return false;
  const read = makeSourceList(typed.trackers, typed.origins);
  const { sources, leftOut } = record.isPublic ? outwardOnly(read, []) : { sources: read, leftOut: [] };
  if (leftOut.length > 0) {
    book.remember({ leftOut: [...new Set([...(record.leftOut ?? []), ...leftOut])] });
    await book.persist();
  }
  const all = makeSourceList([...record.trackers, ...sources.trackers], [...record.origins, ...sources.origins]);
  const trackers = all.trackers.filter((url) => !record.trackers.includes(url));
  const origins = all.origins.filter((url) => !record.origins.includes(url));
  return addSources(transfer, { trackers, origins }, []);
}

/**
 * Takes a tracker or an origin away from a transfer; an address that it does not have changes nothing. A download that
 * may be asking this origin begins its run anew, with every piece that is verified.
 */
export async function removeSource(transfer: Transfer, url: string): Promise<void> {
  const { trackers, origins, state } = transfer.record;
  const kept = { trackers: trackers.filter((one) => one !== url), origins: origins.filter((one) => one !== url) };
  const isOrigin = origins.includes(url as OriginUrl);
  if (!isOrigin && !trackers.includes(url)) return;
  if (state.phase === 'fetching-metadata' || (isOrigin && state.phase === 'downloading')) {
    return transfer.whileStopped(() => transfer.book.remember(kept));
  }
  transfer.book.remember(kept);
  await transfer.book.persist();
  transfer.run?.sourcesChanged();
}
