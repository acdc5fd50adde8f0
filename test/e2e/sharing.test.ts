import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SwarmPeer } from '../support/seeder.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { pathOfControl } from './page-path.ts';

describe.each(BROWSERS)('%s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  test('gives nothing to other peers before the user agrees, and nothing after they change their mind', {
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
    await arrived(MIB);

    const leecher = await swarm.leech({ torrent, trackers: [leecherTracker.wsUrl] });
    await waitUntil(async () => (await leecher.stats()).wires.length === 1, { timeoutMs: 20_000 });
    const { peerBytes } = await arrived(2 * MIB);
    await arrived(peerBytes + MIB);
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
    await arrived((now?.peerBytes ?? 0) + MIB);
    expect(await receivedBytes(leecher)).toBe(received);
    expect(received).toBeLessThan(torrent.payload.length);
    await Promise.all([seeder.leave(), leecher.leave()]);
  });
});

const receivedBytes = async (peer: SwarmPeer) => (await peer.stats()).receivedBytes;
