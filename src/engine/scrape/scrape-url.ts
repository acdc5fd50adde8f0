import type { InfoHash } from '../../model/ids.ts';

/**
 * Where an HTTP tracker tells how many there are of a torrent, without being announced to; null when it has no such
 * place: the last part of its path must begin with "announce". Its query, which may be a key of the user's, stays.
 * @see BEP 48 (tracker protocol extension: scrape).
 */
export function scrapeUrl(announceUrl: string, infoHash: InfoHash): string | null {
  const url = new URL(announceUrl);
  const lastPart = url.pathname.lastIndexOf('/') + 1;
  if (!url.pathname.startsWith('announce', lastPart)) return null;
  url.pathname = `${url.pathname.slice(0, lastPart)}scrape${url.pathname.slice(lastPart + 'announce'.length)}`;
  url.hash = '';
  // Written by hand: the hash is bytes, which URLSearchParams would take for text.
  const escapedHash = infoHash.replace(/../g, '%$&');
  return `${url.href}${url.search === '' ? '?' : '&'}info_hash=${escapedHash}`;
}
