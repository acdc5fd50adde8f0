import { expect, test } from 'vitest';
import { TorrentError } from '../../../src/engine/torrent/torrent-error.ts';
import { MetadataFromPeers } from '../../../src/engine/transfer/metadata-from-peers.ts';
import { sha1, smallTorrent } from '../../support/simulation/small-torrent.ts';

const wanted = await smallTorrent({ seed: 1, content: 100_000 });
const other = await smallTorrent({ seed: 2, content: 100_000 });

test('the wanted info dictionary is found, whatever else is offered before and after it', async () => {
  const fromPeers = new MetadataFromPeers(wanted.info.infoHash, sha1);
  await fromPeers.offer(other.info.infoBytes);
  await fromPeers.offer(wanted.info.infoBytes);
  await fromPeers.offer(new Uint8Array(10));
  expect(await fromPeers.found).toEqual(wanted.info);
});

test('nothing is found in those of other torrents', async () => {
  const fromPeers = new MetadataFromPeers(wanted.info.infoHash, sha1);
  await fromPeers.offer(other.info.infoBytes);
  expect(await Promise.race([fromPeers.found, Promise.resolve('nothing yet')])).toBe('nothing yet');
});

test('one that cannot be read ends the search', async () => {
  const fromPeers = new MetadataFromPeers(wanted.info.infoHash, sha1);
  await fromPeers.offer(wanted.info.infoBytes.subarray(0, 20));
  await expect(fromPeers.found).rejects.toThrow(TorrentError);
});
