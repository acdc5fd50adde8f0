import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { base64Of } from '../../src/model/base64.ts';
import { patchPodcastFeed } from '../../src/publishing/podcast-feed.ts';
import { publication } from './published-folder.ts';

const FEED = `<?xml version='1.0' encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
  <channel>
    <title>Rivers &amp; <![CDATA[<b>streams</b>]]></title>
    <item>
      <title>42</title>
      <enclosure   url='https://cdn.example/media/ep%2042.mp3' length="300000" type="audio/mpeg"/>
      <guid isPermaLink="false">42</guid>
    </item>
    <item>
      <title>41</title>
      <enclosure url="https://cdn.example/media/ep41.mp3" length="1" type="audio/mpeg"></enclosure>
    </item>
  </channel>
</rss>
`;

const EPISODE = publication(['ep 42.mp3']);
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' });

describe('a podcast feed', () => {
  test('gets an alternate enclosure after the enclosure of a published file, and nothing else changes', async () => {
    const episode = await EPISODE;
    const { text, matched } = patchPodcastFeed(FEED, [episode]);
    const added = `
      <podcast:alternateEnclosure type="audio/mpeg" length="300000" default="true">
        <podcast:source uri="https://cdn.example/media/ep%2042.mp3"/>
        <podcast:source uri="https://cdn.example/media/ep%2042.mp3.torrent" contentType="application/x-bittorrent"/>
        <podcast:integrity type="sri" value="sha256-${base64Of(episode.file.sha256)}"/>
      </podcast:alternateEnclosure>`;
    const namespace = ' xmlns:podcast="https://podcastindex.org/namespace/1.0"';
    expect(matched).toEqual(['ep 42.mp3']);
    expect(text).toContain(added);
    expect(text.replace(added, '').replace(namespace, '')).toBe(FEED);
    expect(XMLValidator.validate(text)).toBe(true);
  });

  test('is the same after a second run', async () => {
    const once = patchPodcastFeed(FEED, [await EPISODE]).text;
    expect(patchPodcastFeed(once, [await EPISODE]).text).toBe(once);
  });

  test('is brought up to date when the file has changed', async () => {
    const before = patchPodcastFeed(FEED, [await EPISODE]).text;
    const changed = await publication(['ep 42.mp3'], {}, new Uint8Array(1000));
    expect(patchPodcastFeed(before, [changed]).text).toBe(patchPodcastFeed(FEED, [changed]).text);
  });

  test('stays as it is when none of its files is published', async () => {
    expect(patchPodcastFeed(FEED, [await publication(['other.mp3'])])).toEqual({ text: FEED, matched: [] });
  });

  test('keeps alternate enclosures of others', async () => {
    const theirs =
      '<podcast:alternateEnclosure type="audio/opus"><podcast:source uri="https://x.example/"/></podcast:alternateEnclosure>';
    const feed = FEED.replace('<guid', `${theirs}<guid`).replace(
      '<rss',
      '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"',
    );
    const { text } = patchPodcastFeed(feed, [await EPISODE]);
    expect(text).toContain(theirs);
    expect(text.match(/<podcast:alternateEnclosure/g)).toHaveLength(2);
    expect(patchPodcastFeed(text, [await EPISODE]).text).toBe(text);
  });

  test('has one alternate enclosure of an episode that is the enclosure itself: that of others, if they said so', async () => {
    const theirs =
      '<podcast:alternateEnclosure type="audio/mpeg" default="true"><podcast:source uri="ipfs://x"/></podcast:alternateEnclosure>';
    const feed = FEED.replace('<guid', `${theirs}<guid`).replace(
      '<rss',
      '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"',
    );
    const { text } = patchPodcastFeed(feed, [await EPISODE]);
    expect(text).toContain('length="300000">');
    expect(text.match(/default="true"/g)).toHaveLength(1);
    expect(patchPodcastFeed(text.replace(theirs, ''), [await EPISODE]).text.match(/default="true"/g)).toHaveLength(1);
  });

  test('is told the kind of file as the enclosure tells it', async () => {
    const feed = FEED.replace('type="audio/mpeg"/>', `type='audio/x-"m4a"'/>`);
    expect(patchPodcastFeed(feed, [await EPISODE]).text).toContain('Enclosure type="audio/x-&quot;m4a&quot;" length');
    const untyped = FEED.replace(' type="audio/mpeg"/>', '/>');
    expect(patchPodcastFeed(untyped, [await EPISODE]).text).toContain('Enclosure type="audio/mpeg" length');
  });

  test.each([
    ['the prefix that the feed has', 'xmlns:pod="https://podcastindex.org/namespace/1.0"', 'pod'],
    [
      'the first address of the namespace',
      'xmlns:podcast="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"',
      'podcast',
    ],
    ['another prefix when podcast is taken', 'xmlns:podcast="https://else.example/"', 'podcast2'],
  ])('uses %s', async (_name, declaration, prefix) => {
    const { text } = patchPodcastFeed(FEED.replace('<rss', `<rss ${declaration}`), [await EPISODE]);
    const { rss } = parser.parse(text);
    expect(rss.channel.item[0][`${prefix}:alternateEnclosure`]['@type']).toBe('audio/mpeg');
    expect(/^https:\/\/(?:podcastindex|github\.com\/Podcastindex)/.test(rss[`@xmlns:${prefix}`])).toBe(true);
    expect(patchPodcastFeed(text, [await EPISODE]).text).toBe(text);
  });

  test.each([
    ['another scheme', 'http://cdn.example/media/ep%2042.mp3'],
    ['a query', 'https://cdn.example/media/ep%2042.mp3?source=feed&amp;x=1'],
    ['a blank that is not encoded', 'https://cdn.example/media/ep 42.mp3'],
    ['a service that counts', 'https://dts.count.example/redirect.mp3/cdn.example/media/ep%2042.mp3'],
    ['characters by number', 'https://cdn.example/media&#47;ep%2042.mp3'],
  ])('knows a file by an address with %s, and keeps that address as the source', async (_name, url) => {
    const { text, matched } = patchPodcastFeed(FEED.replace('https://cdn.example/media/ep%2042.mp3', url), [
      await EPISODE,
    ]);
    expect(matched).toEqual(['ep 42.mp3']);
    expect(text).toContain(`<podcast:source uri="${url}"/>`);
    expect(patchPodcastFeed(text, [await EPISODE]).text).toBe(text);
  });

  test.each(['https://cdn.example/media/ep%2042.mp3.mp3', 'https://evilcdn.example/media/ep%2042.mp3', 'no address'])(
    'does not take %s for the file',
    async (url) => {
      const feed = FEED.replace('https://cdn.example/media/ep%2042.mp3', url);
      expect(patchPodcastFeed(feed, [await EPISODE]).text).toBe(feed);
    },
  );

  test('keeps its ends of lines, and stays in one line if it is', async () => {
    const windows = patchPodcastFeed(FEED.replaceAll('\n', '\r\n'), [await EPISODE]).text;
    expect(windows.replaceAll('\r\n', '')).not.toContain('\n');
    const oneLine = patchPodcastFeed(FEED.replace(/\n\s*/g, ''), [await EPISODE]).text;
    expect(oneLine).not.toContain('\n');
    expect(XMLValidator.validate(oneLine)).toBe(true);
  });

  test('with the same file twice in one item gets it once', async () => {
    const enclosure = /<enclosure {3}.*\/>/.exec(FEED)?.[0] ?? '';
    const twice = FEED.replace(enclosure, `${enclosure}${enclosure}`);
    const once = patchPodcastFeed(twice, [await EPISODE]).text;
    expect(once.match(/<podcast:alternateEnclosure/g)).toHaveLength(1);
    expect(patchPodcastFeed(once, [await EPISODE]).text).toBe(once);
  });

  test('must be RSS', async () => {
    expect(() => patchPodcastFeed('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', [])).toThrow(
      'begins with <feed>',
    );
    expect(() => patchPodcastFeed('<rss><channel></rss>', [])).toThrow('no proper XML');
  });
});
