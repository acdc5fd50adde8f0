import parseTorrent from 'parse-torrent';
import { expect, test } from 'vitest';
import { readMagnet } from '../../src/engine/torrent/read-magnet.ts';
import { writeMagnet } from '../../src/publishing/write-magnet.ts';
import { NASTY_NAME, publication } from './published-folder.ts';

test('a magnet is read by the engine and by parse-torrent as what was written', async () => {
  const made = await publication(['sub', NASTY_NAME], { trackers: ['wss://t.example/s/3f?a=1&b=2'], shards: 'none' });
  const magnet = writeMagnet(made);
  expect(readMagnet(magnet)).toEqual({
    infoHash: made.infoHash,
    name: NASTY_NAME,
    lengthBytes: 300_000,
    sources: { trackers: ['wss://t.example/s/3f?a=1&b=2'], origins: [made.url, ...made.mirrorUrls] },
    torrentUrls: [made.torrentUrl],
    selectedFiles: null,
  });
  expect(await parseTorrent(magnet)).toMatchObject({
    infoHash: made.infoHash,
    name: NASTY_NAME,
    announce: ['wss://t.example/s/3f?a=1&b=2'],
    urlList: [made.url, ...made.mirrorUrls],
    xs: made.torrentUrl,
  });
});

test('it can be pasted anywhere: no sign that would end an attribute, a Markdown link or a word of a shell but &', async () => {
  const magnet = writeMagnet(await publication([NASTY_NAME]));
  expect(magnet).toMatch(/^magnet:\?xt=urn:btih:[0-9a-f]{40}[\w\-.~%=&]+$/);
});
