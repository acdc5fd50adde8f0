import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Http2Origin, startHttp2Origin } from '../support/http2-origin.ts';
import { sha256Hex } from '../support/payload.ts';
import { BROWSERS, MIB, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';

describe.each(BROWSERS)('an origin that speaks HTTP/2, in %s', (name) => {
  let origin: Http2Origin;
  let world: World;
  beforeAll(async () => {
    origin = await startHttp2Origin();
    world = await openWorld(name, { trusts: origin });
  });
  afterAll(async () => {
    await world?.close();
    await origin?.close();
  });

  /** Clicks a magnet link whose bytes and metadata only this origin has. */
  async function download(path: string, lengthBytes: number) {
    const torrent = world.newTorrent(lengthBytes);
    origin.serve(`${path}.torrent`, torrent.torrentBytes);
    origin.serve(path, torrent.payload);
    const webSeeds = [`${origin.url}${path}`];
    await world.clickLink(torrent.magnet({ exactSources: [`${origin.url}${path}.torrent`], webSeeds }));
    const row = await world.list.untilDone(torrent.infoHash, { timeoutMs: 45_000 });
    expect(row).toMatchObject({ state: 'done', peerBytes: 0, originBytes: lengthBytes, percent: 100 });
    expect(savedFiles(world.browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    return origin.requests.filter((request) => request.path === path);
  }

  test('brings a file by several ranges at a time over one connection', async () => {
    const requests = await download('/whole.bin', 24 * MIB + 123);
    expect(requests.every(({ range }) => range !== null)).toBe(true);
    expect(new Set(requests.map(({ session }) => session)).size).toBe(1);
    expect(origin.mostAtOnce()).toBeGreaterThan(1);
    expect(origin.mostAtOnce()).toBeLessThanOrEqual(4); // three, and one that succeeds another
    const sentBytes = requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    expect(sentBytes).toBeLessThan(1.3 * 24 * MIB);
  });

  test('brings it whole when its connection, and all ranges with it, breaks twice', async () => {
    origin.breakSessions(2, 5 * MIB);
    const requests = await download('/broken.bin', 16 * MIB + 77);
    expect(new Set(requests.map(({ session }) => session)).size).toBeGreaterThanOrEqual(3);
  });
});
