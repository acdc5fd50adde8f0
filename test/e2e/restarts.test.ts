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

describe.each(BROWSERS)('a transfer in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  /** Clicks a magnet link whose one source is an origin that takes its time. */
  async function startSlowly(path: string) {
    const { site } = world;
    const torrent = world.newTorrent(12 * MIB + 5, { pieceLengthBytes: 128 * KIB });
    site.serve(`${path}.torrent`, torrent.torrentBytes);
    site.serve(path, torrent.payload);
    site.behave(path, { rateBytesPerS: 400 * KIB });
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
      return originBytes > 3 * MIB;
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
    const paused = await listAfter.until(torrent.infoHash, ({ state }) => state === 'paused', { timeoutMs: 0 });
    expect(paused.originBytes).toBeGreaterThan(MIB);
    await wait(2_000); // the transfer of the test above was at work sooner
    expect(torrent.requests()).toEqual([]);
    expect(filesNamed(browser.downloadsDir, torrent.name)).toEqual([]);
    await listAfter.press(torrent.infoHash, 'Resume');
    expect(await listAfter.untilDone(torrent.infoHash)).toMatchObject({ state: 'done' });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    expect(bytesAskedFor(torrent.requests())).toBeLessThanOrEqual(torrent.payload.length - paused.originBytes);
  });
});
