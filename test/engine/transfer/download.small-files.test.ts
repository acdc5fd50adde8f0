import { afterEach, describe, expect, test } from 'vitest';
import { DownloadWorld } from '../../support/simulation/download-world.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

// Items of archives: hundreds of small files, each a request that waits for its answer.

const itemOf = (files: number, fileBytes: number, name = 'item'): Promise<SmallTorrent> =>
  smallTorrent({
    name,
    pieceLengthBytes: 65_536,
    content: Object.fromEntries(Array.from({ length: files }, (_, index) => [`${index}.jpg`, fileBytes])),
  });
const [tiny, small, middling] = await Promise.all([itemOf(240, 4_096), itemOf(120, 65_536), itemOf(60, 1_000_000)]);

afterEach(giveTimersBack);

/** Where six requests at a time are under way from the first byte on. */
const limitS = (files: number, firstByteS: number, fileS: number) => firstByteS + (files / 6) * (firstByteS + fileS);

describe('many small files of an origin that takes long to answer', () => {
  test.each([
    ['4 KiB after 50 ms', tiny, 0.05, 0],
    ['4 KiB after 300 ms', tiny, 0.3, 0],
    ['4 KiB after 2 s', tiny, 2, 0],
    ['64 KiB after 300 ms', small, 0.3, 0],
    ['64 KiB after 2 s', small, 2, 0],
    ['1 MB after 300 ms', middling, 0.3, 0.02],
    ['1 MB after 2 s', middling, 2, 0.02],
  ])('%s: six are under way at a time, and nearly always', async (_name, torrent, firstByteS, fileS) => {
    const world = new DownloadWorld(torrent);
    const server = world.origin('archive', { latencyMs: firstByteS * 1_000, rateBytesPerS: 300_000_000 });
    const files = torrent.info.files.length;
    const tookS = await world.complete(600);
    expect(tookS).toBeLessThan(limitS(files, firstByteS, fileS) * 1.25 + firstByteS + 0.5);
    expect(server.mostOpen).toBe(6);
    // Runs end in the midst of files; nothing else is asked for twice.
    expect(server.requests.length).toBeLessThan(files * 1.2);
    expect(server.sentBytes).toBeLessThan(torrent.info.lengthBytes * 1.01 + 262_144);
    expect(await world.isOnDisk()).toBe(true);
  });

  test.each([
    ['64 KiB', small],
    ['1 MB', middling],
  ])(
    '%s, with a slow peer: the wait is no halt, and nobody else takes over what is on its way',
    async (_name, torrent) => {
      const world = new DownloadWorld(torrent);
      const server = world.origin('archive', { latencyMs: 2_000, rateBytesPerS: 20_000_000 });
      world.peer('ann', { rateBytesPerS: 100_000 });
      expect(await world.complete(600)).not.toBeNull();
      const { lengthBytes } = torrent.info;
      const sentBytes = server.sentBytes + world.download.peerRate.totalBytes;
      expect(sentBytes).toBeLessThan(lengthBytes * 1.01 + 262_144);
      expect(server.mostOpen).toBe(6);
    },
  );

  test('two downloads from one host have six requests under way between them, and both move', async () => {
    const other = await itemOf(120, 65_536, 'other');
    const a = new DownloadWorld(small);
    const b = new DownloadWorld(other, a);
    a.origin('archive', { latencyMs: 500 });
    const server = b.origin('archive', { latencyMs: 500 });
    await a.begin();
    await b.begin();
    await a.clock.pass(8_000);
    expect([a.verified.length > 15, b.verified.length > 15]).toEqual([true, true]);
    expect(await a.clock.runUntil(() => a.isComplete && b.isComplete, 60_000)).toBe(true);
    expect(server.mostOpen).toBeLessThanOrEqual(6);
  });
});
