import type { FileIndex, OriginUrl } from '../../model/ids.ts';
import type { PublishedLink } from '../../model/published-link.ts';
import { measureFile } from '../origin/measure-file.ts';
import { isPrivateHost } from '../origin/private-host.ts';
import type { EnginePorts } from '../ports.ts';
import { originFileUrl } from '../torrent/origin-url.ts';
import { readTorrent } from '../torrent/read-torrent.ts';
import { makeSourceList } from '../torrent/source-list.ts';
import type { MetaInfo, SourceList, TorrentInfo } from '../torrent/torrent-description.ts';
import { type ClickedPage, isLocal } from './delivery.ts';

/** A torrent that comes later is of no use: the plain link would have begun. */
const ANSWER_LIMIT_MS = 1_500;

type SearchPorts = Pick<EnginePorts, 'fetch' | 'fetchTorrent' | 'sha1' | 'clock'>;

/**
 * Finds the torrent that a publisher named beside a link, if it may stand for the file: it comes from the file's own
 * site in time, holds this one file, and the file's server says the same length. Null when not: the file is then to be
 * had as any other is. Of its sources those that a page may not lead to are left out; the file's address is the first.
 */
export async function findPublished(
  link: PublishedLink,
  page: ClickedPage,
  ports: SearchPorts,
): Promise<MetaInfo | null> {
  if (!mayVouch(link, page)) return null;
  const { fetch, fetchTorrent, sha1, clock } = ports;
  const abort = new AbortController();
  const late = new Promise<never>((_, reject) =>
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason)),
  );
  const limitMs = Math.min(ANSWER_LIMIT_MS, page.giveUpAtMs - clock.nowMs());
  const stop = clock.after(Math.max(limitMs, 0), () => abort.abort());
  try {
    const answers = Promise.all([
      fetchTorrent(link.torrentUrl, false, abort.signal),
      measureFile(link.fileUrl, fetch, clock, abort.signal),
    ]);
    const [fetched, { lengthBytes }] = await Promise.race([answers, late]);
    if (!fetched.ok || !isOfSameSite(link.fileUrl, fetched.movedTo ?? link.torrentUrl)) return null;
    const { info, sources } = await readTorrent(fetched.bytes, sha1);
    abort.signal.throwIfAborted();
    const allowed = sourcesOf(link, page, sources);
    // An address that is too long to be an origin's leaves nobody to ask.
    const isUsable = isTorrentOf(link.fileUrl, lengthBytes, info) && allowed.origins[0] === link.fileUrl;
    return isUsable ? { info, sources: allowed } : null;
  } catch {
    return null; // nobody answers, too late, or no torrent: all of it is the publisher's to mend
  } finally {
    stop();
    late.catch(() => undefined);
    abort.abort(); // what is still under way when the other has failed
  }
}

/**
 * Whether an address may say what is in a file: it is of the same scheme, host and port, and by https. Within a local
 * network http will do, for a page of such a network; other pages may not lead there at all.
 */
export function mayVouch(
  { fileUrl, torrentUrl }: Pick<PublishedLink, 'fileUrl' | 'torrentUrl'>,
  page: Pick<ClickedPage, 'url'>,
): boolean {
  const { hostname, protocol } = new URL(fileUrl);
  if (!isOfSameSite(fileUrl, torrentUrl)) return false;
  return isPrivateHost(hostname) ? isLocal(page) : protocol === 'https:';
}

const isOfSameSite = (url: string, other: string): boolean => new URL(url).origin === new URL(other).origin;

/** Whether a torrent is of this file: one file, not empty, as long as its server says, and at this very address. */
function isTorrentOf(fileUrl: string, lengthBytes: number | null, info: TorrentInfo): boolean {
  const isSingle = !info.isMultiFile && info.files.length === 1 && info.files[0]?.isPadding === false;
  if (!isSingle || info.lengthBytes === 0 || info.lengthBytes !== lengthBytes) return false;
  return originFileUrl(fileUrl as OriginUrl, info, 0 as FileIndex) === fileUrl;
}

/** A torrent that a public page led to may not lead on into the user's own network. */
function sourcesOf({ fileUrl }: PublishedLink, page: ClickedPage, { trackers, origins }: SourceList): SourceList {
  const isAllowed = (url: string) => isLocal(page) || !isPrivateHost(new URL(url).hostname);
  return makeSourceList(trackers.filter(isAllowed), [fileUrl, ...origins.filter(isAllowed)]);
}
