import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';
import { TransferList } from './transfer-list.ts';

/** Longer than the 10 s between two signs of life, which keep the event page; shorter than the transfer. */
const FIREFOX_IDLE_MS = 12_000;

describe.each(BROWSERS)('a background in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, { firefoxPreferences: { 'extensions.background.idle.timeout': FIREFOX_IDLE_MS } });
  });
  afterAll(() => world?.close());

  test('that the browser would put to sleep does not hold up a transfer', async () => {
    const { site, list, browser } = world;
    const torrent = world.newTorrent(3 * MIB);
    site.serve('/slow.torrent', torrent.torrentBytes);
    site.serve('/slow.bin', torrent.payload);
    site.behave('/slow.bin', { rateBytesPerS: name === 'firefox' ? 50 * KIB : 200 * KIB });
    const link = { webSeeds: [`${site.url}/slow.bin`], exactSources: [`${site.url}/slow.torrent`] };
    await list.add(torrent.magnet(link)); // not by a click, after which the popup would open
    const startedAt = performance.now();
    await list.until(torrent.infoHash, ({ originBytes }) => originBytes > 0);
    await closeScreens(world); // one that is open would keep it awake
    if (name === 'chromium') {
      await browser.stopServiceWorkers();
      await wait(1_000);
      await browser.stopServiceWorkers();
    } else {
      await wait(FIREFOX_IDLE_MS + 4_000);
      site.behave('/slow.bin', null);
    }
    const isSaved = () => savedFiles(browser.downloadsDir)[torrent.name] === sha256Hex(torrent.payload);
    await waitUntil(isSaved, { timeoutMs: 40_000 });
    if (name === 'firefox') expect(performance.now() - startedAt).toBeGreaterThan(FIREFOX_IDLE_MS);
    const row = await (await TransferList.open(browser)).untilDone(torrent.infoHash);
    expect(row).toMatchObject({ state: 'done', originBytes: torrent.payload.length });
    // A host that had died would have asked for pieces again that it had not written down.
    const sentBytes = site.requests.filter(({ path }) => path === '/slow.bin').map(({ bytesSent }) => bytesSent);
    expect(sentBytes.reduce((sum, bytes) => sum + bytes)).toBeLessThan(torrent.payload.length + 512 * KIB);
  });
});

async function closeScreens({ browser }: World): Promise<void> {
  for (const tab of await browser.tabs()) {
    if ((await browser.url(tab)).startsWith(browser.extensionOrigin)) await browser.closeTab(tab);
  }
}
