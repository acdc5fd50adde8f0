import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFlightLog } from '../../src/engine/transfer/read-flight-log.ts';
import type { MadeTorrent } from '../support/make-torrent.ts';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { bytesAskedFor } from './bytes-asked-for.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { filesNamed, savedFiles } from './saved-files.ts';
import { POLICY_NAMES, TransferList } from './transfer-list.ts';

describe.each(BROWSERS)('the popup in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  /** Adds a transfer with one origin, which is slow until it is told to be fast. */
  async function addSlow(lengthBytes: number) {
    const { site, list } = world;
    const torrent = world.newTorrent(lengthBytes);
    const path = `/${torrent.infoHash}`;
    site.serve(path, torrent.payload);
    site.serve(`${path}.torrent`, torrent.torrentBytes);
    site.behave(path, { rateBytesPerS: 200 * KIB });
    await list.add(magnetOf(torrent));
    return {
      ...torrent,
      hurry: () => site.behave(path, null),
      requests: () => site.requests.filter((request) => request.path === path),
    };
  }
  function magnetOf(torrent: MadeTorrent): string {
    const url = `${world.site.url}/${torrent.infoHash}`;
    return torrent.magnet({ webSeeds: [url], exactSources: [`${url}.torrent`] });
  }

  test('pauses, resumes, and shows where the file is', async () => {
    const { list, browser } = world;
    const torrent = await addSlow(4 * MIB);
    await list.until(torrent.infoHash, ({ originBytes }) => originBytes > 256 * KIB);
    await list.press(torrent.infoHash, 'Pause');
    const paused = await list.until(torrent.infoHash, ({ state }) => state === 'paused');
    expect(paused.buttons).toEqual(expect.arrayContaining(['Resume', 'Remove']));
    await waitUntil(() => torrent.requests().every(({ endedAt }) => endedAt !== null), { what: 'requests to end' });
    const asked = torrent.requests().length;
    torrent.hurry();
    await list.press(torrent.infoHash, 'Resume');
    const done = await list.untilDone(torrent.infoHash);
    expect(torrent.requests().length).toBeGreaterThan(asked);
    expect(done).toMatchObject({ state: 'done', percent: 100 });
    expect(done.buttons).toEqual(expect.arrayContaining(['Show in folder', 'Remove']));
    expect(done.buttons).not.toContain('Pause');
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
  });

  test('removes an unfinished transfer and uses what was kept when it is added again', async () => {
    const { list, browser, site } = world;
    const torrent = await addSlow(4 * MIB);
    const { originBytes } = await list.until(torrent.infoHash, (row) => row.originBytes > MIB);
    await list.press(torrent.infoHash, 'Remove');
    await list.press(torrent.infoHash, 'Keep what arrived');
    await list.untilGone(torrent.infoHash);
    await waitUntil(() => torrent.requests().every(({ endedAt }) => endedAt !== null), { what: 'requests to end' });
    expect(filesNamed(browser.downloadsDir, torrent.name)).toEqual([]);

    site.forgetRequests();
    torrent.hurry();
    await list.add(magnetOf(torrent));
    expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done' });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    expect(bytesAskedFor(torrent.requests())).toBeLessThanOrEqual(torrent.payload.length - originBytes);
  });

  test('removes a finished transfer together with its file', async () => {
    const { list, browser } = world;
    const torrent = await addSlow(100 * KIB);
    await list.untilDone(torrent.infoHash);
    expect(filesNamed(browser.downloadsDir, torrent.name)).toEqual([torrent.name]);
    await list.press(torrent.infoHash, 'Remove');
    await list.press(torrent.infoHash, 'Delete the file too');
    await list.untilGone(torrent.infoHash);
    await waitUntil(() => filesNamed(browser.downloadsDir, torrent.name).length === 0);
  });

  test('takes a bare info hash, and does not list one torrent twice', async () => {
    const { list } = world;
    const { infoHash } = world.newTorrent(KIB);
    await list.add(infoHash.toUpperCase());
    await list.until(infoHash, ({ state }) => state === 'fetching-metadata');
    await list.add(infoHash);
    await list.untilFieldSays(/already in the list/);
    expect((await list.rows()).filter(({ id }) => id === infoHash)).toHaveLength(1);
  });

  test('sets each policy of a transfer, shows it when it is opened again, and saves what was heard', async () => {
    const { browser } = world;
    const torrent = await addSlow(8 * MIB);
    await world.list.until(torrent.infoHash, ({ originBytes }) => originBytes > 0);
    let list = await TransferList.open(browser);
    for (const policy of [...POLICY_NAMES.slice(1), 'Fastest']) {
      await list.choosePolicy(torrent.infoHash, policy);
      await list.close();
      list = await TransferList.open(browser);
      const row = await list.until(torrent.infoHash, (now) => now.policy === policy);
      expect(row.offload).toBe(0);
    }
    torrent.hurry();
    expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done', policy: 'Fastest' });

    await list.press(torrent.infoHash, 'Details');
    await list.press(torrent.infoHash, 'Save the log');
    const file = join(browser.downloadsDir, `${torrent.name}.rivulet-log.jsonl`);
    const text = await waitUntil(async () => existsSync(file) && readFileSync(file, 'utf8'), { what: file });
    const log = readFlightLog(text);
    expect(log.header).toMatchObject({ lengthBytes: torrent.payload.length, policy: 'fastest' });
    expect(log.entries).toContainEqual(expect.objectContaining({ heard: { type: 'policy', policy: 'origins-off' } }));
    await list.close();
  });

  test('need not be open for a transfer to go on', async () => {
    const { list, browser } = world;
    const torrent = await addSlow(2 * MIB);
    await list.until(torrent.infoHash, ({ originBytes }) => originBytes > 0);
    await list.close();
    torrent.hurry();
    const isSaved = () => savedFiles(browser.downloadsDir)[torrent.name] === sha256Hex(torrent.payload);
    await waitUntil(isSaved, { timeoutMs: 20_000 });
    expect(await (await TransferList.open(browser)).untilDone(torrent.infoHash)).toMatchObject({ state: 'done' });
  });
});
