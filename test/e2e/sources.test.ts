import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../support/payload.ts';
import type { SwarmPeer } from '../support/seeder.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { pathOfControl } from './page-path.ts';
import { savedFiles } from './saved-files.ts';

describe.each(BROWSERS)('a magnet link clicked in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  test('becomes a file from peers alone, the metadata too', async () => {
    const { lab, list, browser } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    const torrent = world.newTorrent(6 * MIB + 123, { announce: [tracker.wsUrl] });
    const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl] });
    await world.clickLink(torrent.magnet());
    const row = await list.untilDone(torrent.infoHash);
    expect(row).toMatchObject({ state: 'done', peerBytes: torrent.payload.length, originBytes: 0, percent: 100 });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    expect((await seeder.stats()).uploadedBytes).toBeGreaterThanOrEqual(torrent.payload.length);
    await seeder.leave();
  });

  test('becomes a file from an origin alone, which sees neither cookie nor referrer', async () => {
    const { lab, list, browser } = world;
    const origin = await lab.anotherOrigin();
    const torrent = world.newTorrent(6 * MIB + 123);
    origin.serve('/file.torrent', torrent.torrentBytes);
    origin.serve('/file.bin', torrent.payload);
    await browser.open(`${origin.url}/login`);
    await browser.open(`${origin.url}/anything`);
    expect(origin.requests.find(({ path }) => path === '/anything')?.cookies).toMatch(/session=/);

    const link = { exactSources: [`${origin.url}/file.torrent`], webSeeds: [`${origin.url}/file.bin`] };
    await world.clickLink(torrent.magnet(link));
    const row = await list.untilDone(torrent.infoHash);
    expect(row).toMatchObject({ state: 'done', peerBytes: 0, originBytes: torrent.payload.length, percent: 100 });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });

    const requests = origin.requests.filter(({ path }) => path.startsWith('/file.'));
    expect(requests.map(({ path }) => path)).toEqual(expect.arrayContaining(['/file.torrent', '/file.bin']));
    expect(requests.map(({ cookies, referer }) => [cookies, referer])).toEqual(requests.map(() => [null, null]));
    const sentBytes = requests.filter(({ path }) => path === '/file.bin').map(({ bytesSent }) => bytesSent);
    expect(sentBytes.reduce((sum, bytes) => sum + bytes)).toBeGreaterThanOrEqual(torrent.payload.length);
  });

  test('becomes one file from peers and an origin together', async () => {
    const { lab, list, browser, site } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    const torrent = world.newTorrent(8 * MIB + 123, { announce: [tracker.wsUrl] });
    site.serve('/both.bin', torrent.payload);
    site.behave('/both.bin', { rateBytesPerS: 500 * KIB });
    const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl], uploadBytesPerS: 2 * MIB });
    await world.clickLink(torrent.magnet({ webSeeds: [`${site.url}/both.bin`] }));
    const row = await list.untilDone(torrent.infoHash);
    expect(row.state).toBe('done');
    expect(row.peerBytes).toBeGreaterThan(0);
    expect(row.originBytes).toBeGreaterThan(0);
    expect(row.peerBytes + row.originBytes).toBe(torrent.payload.length);
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    await seeder.leave();
  });

  test('gives nothing of it to other peers before the user agrees, and nothing after they change their mind', {
    timeout: 90_000,
  }, async () => {
    const { lab, list, browser } = world;
    // The seeder and the leecher are at different trackers: all that the leecher gets, it gets from the extension.
    const [seederTracker, leecherTracker, swarm] = await Promise.all([
      lab.tracker(),
      lab.anotherTracker(),
      lab.swarm(),
    ]);
    const torrent = world.newTorrent(32 * MIB);
    const seeder = await swarm.seed({ torrent, trackers: [seederTracker.wsUrl], uploadBytesPerS: 400 * KIB });
    await world.clickLink(torrent.magnet({ trackers: [seederTracker.wsUrl, leecherTracker.wsUrl] }));
    const arrived = (bytes: number) => list.until(torrent.infoHash, ({ peerBytes }) => peerBytes >= bytes);
    await arrived(MIB / 2);

    const leecher = await swarm.leech({ torrent, trackers: [leecherTracker.wsUrl] });
    await waitUntil(async () => (await leecher.stats()).wires.length === 1, { timeoutMs: 20_000 });
    const { peerBytes } = await arrived(MIB);
    await arrived(peerBytes + MIB / 2);
    expect(await leecher.stats()).toMatchObject({ receivedBytes: 0, piecesHeld: 0 });
    expect((await leecher.stats()).wires.map(({ isChokedByPeer }) => isChokedByPeer)).toEqual([true]);

    const welcome = await browser.openExtensionPage('welcome.html');
    await browser.click(welcome, await pathOfControl(browser, welcome, 'main', 'Share while I download'));
    await waitUntil(async () => (await leecher.stats()).receivedBytes > 256 * KIB, { timeoutMs: 20_000 });

    await list.pressAnywhere('Settings');
    await list.pressAnywhere('Download only');
    await waitUntil(async () => (await leecher.stats()).wires.every(({ isChokedByPeer }) => isChokedByPeer));
    const received = await receivedBytes(leecher);
    const now = await list.row(torrent.infoHash);
    await arrived((now?.peerBytes ?? 0) + MIB / 2);
    expect(await receivedBytes(leecher)).toBe(received);
    expect(received).toBeLessThan(torrent.payload.length);
    await Promise.all([seeder.leave(), leecher.leave()]);
  });
});

const receivedBytes = async (peer: SwarmPeer) => (await peer.stats()).receivedBytes;
