import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMagnet } from '../../../src/engine/torrent/read-magnet.ts';
import { writeMagnet } from '../../../src/engine/torrent/write-magnet.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';

const infoHash = '0123456789abcdef0123456789abcdef01234567';
const EMPTY = { infoHash, name: 'a', sizeBytes: null, trackers: [], origins: [], torrentUrls: [], isPrivate: false };

test('names what others need to find it', () => {
  const magnet = writeMagnet({
    ...EMPTY,
    name: "Tom & Jerry's (1) 100%.mkv",
    sizeBytes: 42,
    trackers: ['wss://tracker.example/?key=1&b=2'],
    origins: ['https://cdn.example/f%20g/' as OriginUrl],
    torrentUrls: ['https://cdn.example/f.torrent'],
  });
  expect(magnet).toBe(
    `magnet:?xt=urn:btih:${infoHash}&dn=Tom%20%26%20Jerry%27s%20%281%29%20100%25.mkv&xl=42` +
      '&tr=wss%3A%2F%2Ftracker.example%2F%3Fkey%3D1%26b%3D2&ws=https%3A%2F%2Fcdn.example%2Ff%2520g%2F' +
      '&xs=https%3A%2F%2Fcdn.example%2Ff.torrent',
  );
});

test('is read back by our own reader, whatever the name', () => {
  const names = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(names, (name) => {
      const magnet = writeMagnet({ ...EMPTY, name, trackers: ['wss://tracker.example/'] });
      expect(magnet).toMatch(/^magnet:\?[\w%.~=&:-]+$/);
      expect(readMagnet(magnet)).toMatchObject({ infoHash, sources: { trackers: ['wss://tracker.example/'] } });
    }),
  );
});

test('takes half a character for what it is: none', () => {
  expect(writeMagnet({ ...EMPTY, name: 'a\ud800b' })).toContain('dn=a%EF%BF%BDb');
});
