/** The kinds of file that lead to a torrent, by their names: .torrent, and Metalink (RFC 5854). */
const SUFFIX = /\.(?:torrent|meta4|metalink)$/i;
const TYPES: ReadonlySet<string> = new Set([
  'application/x-bittorrent',
  'application/x-torrent',
  'application/metalink4+xml',
]);
/** Topics of other networks (`urn:sha1:`, `urn:ed2k:`, `urn:tree:tiger:`), none of which BitTorrent knows. */
const FOREIGN_TOPIC = /^urn:(?!bt[im]h:)/i;

/** Whether a file is one that leads to a torrent, by its name. */
export const isTorrentName = (name: string): boolean => SUFFIX.test(name);

/** Whether a media type, with or without parameters, is that of a .torrent or a Metalink. */
export const isTorrentType = (type: string): boolean => TYPES.has((type.split(';', 1)[0] ?? '').trim().toLowerCase());

export const isWebAddress = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:';

/**
 * Whether an address leads to a torrent, as far as it says so itself: a magnet of BitTorrent's, or the address of a
 * .torrent or Metalink on the web, by the suffix of its path.
 */
export function leadsToTorrent(url: URL): boolean {
  if (url.protocol === 'magnet:') return speaksBitTorrent(url);
  return isWebAddress(url) && isTorrentName(url.pathname);
}

/**
 * Magnet links of other networks name their topics (`xt`), and none is of BEP 9 or BEP 52: those are not ours. One without
 * a topic, or with a broken one, is: its user is told what is wrong with it.
 */
function speaksBitTorrent(magnet: URL): boolean {
  const topics = [...magnet.searchParams]
    .filter(([name]) => /^(?:amp;)*xt(\.\d+)?$/i.test(name))
    .map(([, topic]) => topic);
  return topics.length === 0 || !topics.every((topic) => FOREIGN_TOPIC.test(topic));
}
