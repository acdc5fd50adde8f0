import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { makePublication } from '../../src/publishing/make-publication.ts';
import { writeTorrentFeed } from '../../src/publishing/torrent-feed.ts';
import { hashedFile, SITE, sha1, someBytes } from './published-folder.ts';

test('the feed of torrents has the newest first, the length of the .torrent and the info hash', async () => {
  const make = (name: string, atMs: number) => makePublication(hashedFile([name], someBytes(1000), atMs), SITE, sha1);
  const old = await make('old & <b>.mp4', Date.UTC(2026, 0, 1));
  const recent = await make('new.mp4', Date.UTC(2026, 5, 1, 12));
  const text = writeTorrentFeed([old, recent], SITE.baseUrl);
  expect(XMLValidator.validate(text)).toBe(true);
  const { rss } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' }).parse(text);
  expect(rss.channel.link).toBe('https://cdn.example/media/');
  expect(rss.channel.item).toMatchObject([
    {
      title: 'new.mp4',
      guid: { '#text': recent.infoHash, '@isPermaLink': 'false' },
      pubDate: 'Mon, 01 Jun 2026 12:00:00 GMT',
      enclosure: {
        '@url': recent.torrentUrl,
        '@length': `${recent.torrentBytes.length}`,
        '@type': 'application/x-bittorrent',
      },
    },
    { title: 'old & <b>.mp4', guid: { '#text': old.infoHash } },
  ]);
});
