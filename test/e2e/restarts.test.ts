import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TransferId } from '../../src/model/ids.ts';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { sendFrom } from './ask-engine.ts';
import { bytesAskedFor } from './bytes-asked-for.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { filesNamed, savedFiles } from './saved-files.ts';
import { TransferList } from './transfer-list.ts';

/** Longer than the 10 s between two signs of life, which keep the event page; shorter than the transfer. */
const FIREFOX_IDLE_MS = 12_000;

describe.each(BROWSERS)('a transfer in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, { firefoxPreferences: { 'extensions.background.idle.timeout': FIREFOX_IDLE_MS } });
  });
  afterAll(() => world?.close());

  /** Clicks a magnet link whose one source is an origin that takes its time. */
  async function startSlowly(path: string) {
    const { site } = world;
    const torrent = world.newTorrent(12 * MIB + 5, { pieceLengthBytes: 128 * KIB });
    site.serve(`${path}.torrent`, torrent.torrentBytes);
    site.serve(path, torrent.payload);
    site.behave(path, { rateBytesPerS: 150 * KIB }); // of one stream; three take 27 s
    const link = { exactSources: [`${site.url}${path}.torrent`], webSeeds: [`${site.url}${path}`] };
    await world.clickLink(torrent.magnet(link));
    return { ...torrent, requests: () => site.requests.filter((request) => request.path === path) };
  }

  test('goes on by itself after the browser was killed, and asks for nothing twice', async () => {
    const { browser, site } = world;
    const torrent = await startSlowly('/killed.bin');
    const early = new Set<string>();
    const before = await world.list.until(torrent.infoHash, ({ originBytes }) => {
      for (const file of filesNamed(browser.downloadsDir, torrent.name)) early.add(file);
      return originBytes > MIB;
    });
    await browser.kill9();
    for (const file of filesNamed(browser.downloadsDir, torrent.name)) early.add(file);
    expect([...early]).toEqual([]);

    site.forgetRequests();
    site.behave('/killed.bin', null);
    await browser.restart();
    await waitUntil(() => torrent.requests().length > 0, { what: 'the transfer to go on, with no screen open' });
    const row = await (await TransferList.open(browser)).untilDone(torrent.infoHash);
    expect(row).toMatchObject({ state: 'done', originBytes: torrent.payload.length, percent: 100 });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    // Everything that was missing is asked for, so more than that means a byte that was there.
    expect(bytesAskedFor(torrent.requests())).toBeLessThanOrEqual(torrent.payload.length - before.originBytes);
  });

  test('that was paused is still paused after the browser was closed, until it is resumed', async () => {
    const { browser, site } = world;
    const torrent = await startSlowly('/paused.bin');
    const list = await TransferList.open(browser);
    await list.until(torrent.infoHash, ({ originBytes }) => originBytes > MIB);
    await list.press(torrent.infoHash, 'Pause');
    await list.until(torrent.infoHash, ({ state }) => state === 'paused');
    // It is shown before the disk knows it; this is answered when that is so.
    await sendFrom({ browser, tab: list.tab }, 'transfer.pause', { id: torrent.infoHash as string as TransferId });
    site.behave('/paused.bin', null);
    await browser.restart();
    site.forgetRequests();

    const listAfter = await TransferList.open(browser);
    const paused = await listAfter.until(torrent.infoHash, ({ state }) => state === 'paused'); // first it shows what was
    expect(paused.originBytes).toBeGreaterThan(MIB);
    await wait(2_000); // the transfer of the test above was at work sooner
    expect(torrent.requests()).toEqual([]);
    expect(filesNamed(browser.downloadsDir, torrent.name)).toEqual([]);
    await listAfter.press(torrent.infoHash, 'Resume');
    expect(await listAfter.untilDone(torrent.infoHash)).toMatchObject({ state: 'done' });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    expect(bytesAskedFor(torrent.requests())).toBeLessThanOrEqual(torrent.payload.length - paused.originBytes);
  });

  test('is not held up when the browser would put the background to sleep', async () => {
    const { site, browser } = world;
    const torrent = world.newTorrent(3 * MIB, { pieceLengthBytes: 16 * KIB });
    site.serve('/slow.torrent', torrent.torrentBytes);
    site.serve('/slow.bin', torrent.payload);
    site.behave('/slow.bin', { rateBytesPerS: 20 * KIB }); // of one stream; three take a minute
    const link = { webSeeds: [`${site.url}/slow.bin`], exactSources: [`${site.url}/slow.torrent`] };
    const list = await TransferList.open(browser);
    await list.add(torrent.magnet(link)); // not by a click, after which the popup would open
    await list.until(torrent.infoHash, ({ originBytes }) => originBytes > 0);
    await closeScreens(world); // one that is open would keep it awake
    const startedAt = performance.now();
    if (name === 'chromium') {
      await browser.stopServiceWorkers();
      await wait(1_000);
      await browser.stopServiceWorkers();
    } else {
      await wait(FIREFOX_IDLE_MS + 4_000);
      expect(performance.now() - startedAt).toBeGreaterThan(FIREFOX_IDLE_MS);
    }
    expect(filesNamed(browser.downloadsDir, torrent.name)).toEqual([]);
    site.behave('/slow.bin', null);
    const isSaved = () => savedFiles(browser.downloadsDir)[torrent.name] === sha256Hex(torrent.payload);
    await waitUntil(isSaved, { timeoutMs: 40_000 });
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
