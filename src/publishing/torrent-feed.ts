import { escapeMarkup } from './escape-markup.ts';
import { TORRENT_TYPE } from './media-type.ts';
import type { Publication } from './publication.ts';

/**
 * An RSS 2.0 feed of the torrents, the newest file first. `length` is that of the .torrent, as BEP 36 says, and `guid` the
 * info hash, so that a program takes each version of a file once.
 * @param baseUrl address of the folder, which the channel links to.
 * @see BEP 36.
 */
export function writeTorrentFeed(publications: readonly Publication[], baseUrl: string): string {
  const newestFirst = [...publications].sort(
    (a, b) => b.file.modifiedAtMs - a.file.modifiedAtMs || (a.url < b.url ? -1 : 1),
  );
  const { host, pathname } = new URL(baseUrl);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0">',
    '  <channel>',
    `    <title>${escapeMarkup(host + pathname)}</title>`,
    `    <link>${escapeMarkup(baseUrl)}</link>`,
    `    <description>Torrents of the files at ${escapeMarkup(baseUrl)}</description>`,
    ...newestFirst.flatMap(itemLines),
    '  </channel>',
    '</rss>',
  ];
  return `${lines.join('\n')}\n`;
}

function itemLines({ name, url, torrentUrl, torrentBytes, infoHash, file }: Publication): string[] {
  const enclosure = `url="${escapeMarkup(torrentUrl)}" length="${torrentBytes.length}" type="${TORRENT_TYPE}"`;
  return [
    '    <item>',
    `      <title>${escapeMarkup(name)}</title>`,
    `      <link>${escapeMarkup(url)}</link>`,
    `      <guid isPermaLink="false">${infoHash}</guid>`,
    `      <pubDate>${new Date(file.modifiedAtMs).toUTCString()}</pubDate>`,
    `      <enclosure ${enclosure}/>`,
    '    </item>',
  ];
}
