import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TransferId } from '../../src/model/ids.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { pseudoRandomBytes, sha256Hex } from '../support/payload.ts';
import { snapshotFrom } from './ask-engine.ts';
import { DetailPage } from './detail-page.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { shownIn } from './player-tab.ts';

const PIECE_BYTES = 64 * KIB;

describe.each(BROWSERS)('the detail of a transfer in %s', (name) => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-detail-'));
    world = await openWorld(name);
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  test('has five tabs, and tells the same of a real peer and a real origin in each', { timeout: 120_000 }, async () => {
    const { lab, list, site, browser } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    const torrent = world.newTorrent(8 * MIB, { announce: [tracker.wsUrl] });
    site.serve('/both.bin', torrent.payload);
    site.behave('/both.bin', { rateBytesPerS: 100 * KIB });
    const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl], uploadBytesPerS: 100 * KIB });
    await world.clickLink(torrent.magnet({ trackers: [tracker.wsUrl], webSeeds: [`${site.url}/both.bin`] }));
    await list.until(torrent.infoHash, ({ peerBytes, originBytes }) => peerBytes > 0 && originBytes > 0);

    const page = await DetailPage.open(browser, torrent.infoHash);
    await page.ask('settings.set', { sharing: 'share' }); // or nothing of it is left to look at in the end
    expect(await page.tabs()).toEqual({
      names: ['Overview', 'Files', 'Sources', 'Pieces', 'Log'],
      chosen: 'Overview',
    });
    await page.until(
      () => page.diagnosis(),
      (said) => said.length > 20,
    );
    await page.until(
      () => page.words(),
      (said) => said.includes('Who brought it') && said.includes(torrent.infoHash),
    );

    await page.choose('Sources');
    const host = new URL(site.url).host;
    await page.until(
      () => page.words(),
      (said) => said.includes('Peers (1)') && said.includes(host),
    );
    await page.choose('Pieces');
    await page.until(
      () => page.pieces(),
      ({ peer = 0, origin = 0 }) => peer > 0 && origin > 0,
    );
    await page.choose('Log');
    await page.until(
      () => page.words(),
      (said) => said.includes('Save the flight log'),
    );

    site.behave('/both.bin', null);
    await seeder.throttleUpload(null);
    await list.untilDone(torrent.infoHash, { timeoutMs: 60_000 });
    await page.choose('Pieces');
    const pieces = 8 * (MIB / PIECE_BYTES);
    const counts = await page.until(
      () => page.pieces(),
      ({ peer = 0, origin = 0, mixed = 0 }) => peer + origin + mixed === pieces,
    );
    const { peer = 0, origin = 0, mixed = 0 } = counts;
    const { details } = await page.ask('transfer.details', {
      id: torrent.infoHash as string as TransferId,
      parts: ['ledger'],
    });
    const { peerBytes = 0, originBytes = 0 } = details?.ledger?.verified ?? {};
    expect(peerBytes + originBytes).toBe(pieces * PIECE_BYTES);
    expect(peerBytes).toBeGreaterThanOrEqual(peer * PIECE_BYTES);
    expect(peerBytes).toBeLessThanOrEqual((peer + mixed) * PIECE_BYTES);
    expect(originBytes).toBeGreaterThanOrEqual(origin * PIECE_BYTES);
    expect(originBytes).toBeLessThanOrEqual((origin + mixed) * PIECE_BYTES);
    await page.close();
    await seeder.leave();
  });

  test('says in words that its only tracker is dead', { timeout: 60_000 }, async () => {
    const { lab, list, browser } = world;
    const dead = await lab.anotherTracker();
    await dead.close();
    const torrent = world.newTorrent(MIB, { announce: [dead.wsUrl] });
    await world.clickLink(torrent.magnet());
    await list.until(torrent.infoHash, () => true);
    const page = await DetailPage.open(browser, torrent.infoHash);
    const said = await page.until(
      () => page.diagnosis(),
      (words) => /tracker does not answer/i.test(words),
    );
    expect(said).toContain('Add a source');
    await page.press('Add a source', 'section[aria-label="Diagnosis"]');
    await page.until(
      () => page.tabs(),
      ({ chosen }) => chosen === 'Sources',
    );
    await page.until(
      () => page.words(),
      (words) => words.includes('Add a tracker or an origin'),
    );
    await page.close();
  });

  test('takes a choice of files at once, and plays one of them', { timeout: 60_000 }, async () => {
    const { list, site, browser } = world;
    const content = ['first.bin', 'second.bin'].map((file, nth) => ({
      path: [file],
      bytes: pseudoRandomBytes(70 + nth, 4 * MIB),
    }));
    for (const file of ['about.txt', 'notes.txt']) {
      content.push({ path: [file], bytes: new TextEncoder().encode(`This is ${file}.`) });
    }
    const torrent = makeTorrent({ name: `files ${name}`, content, pieceLengthBytes: PIECE_BYTES });
    for (const { path, bytes } of content) {
      site.serve(`/two/${torrent.name}/${path[0]}`, bytes);
      site.behave(`/two/${torrent.name}/${path[0]}`, { rateBytesPerS: 100 * KIB });
    }
    site.serve('/two.torrent', torrent.torrentBytes);
    const link = { exactSources: [`${site.url}/two.torrent`], webSeeds: [`${site.url}/two/`] };
    await world.clickLink(torrent.magnet(link));
    await list.until(torrent.infoHash, ({ state }) => state === 'downloading');

    const page = await DetailPage.open(browser, torrent.infoHash);
    await page.choose('Files');
    await page.until(
      () => page.words(),
      (said) => said.includes('second.bin'),
    );
    await page.press('second.bin', '.file-tree');
    const id = torrent.infoHash as string as TransferId;
    const { files } = await page.until(
      () => page.ask('transfer.files', { id }),
      (told) => told.files?.[1]?.priority === 'skip',
    );
    expect(files?.map(({ priority }) => priority)).toEqual(['normal', 'skip', 'normal', 'normal']);
    await page.until(
      () => page.words(),
      (said) => said.includes('3 of 4 files'),
    );

    for (const [index, file] of [[2, 'about.txt'] as const, [3, 'notes.txt'] as const]) {
      await page.press(`Play ${file}`, '.file-tree');
      const shown = await shownIn(browser, `player.html?id=${id}&file=${index}`);
      expect(shown).toMatchObject({ heading: file, text: `This is ${file}.` });
    }
    // The second takes the place of the first.
    const urls = await Promise.all((await browser.tabs()).map((tab) => browser.url(tab)));
    expect(urls.filter((url) => url.includes('player.html'))).toHaveLength(1);
    await page.close();
  });

  test('shares a file that the user has, checks it again, and keeps to a limit', { timeout: 120_000 }, async () => {
    const { lab, list, site, browser } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    const torrent = world.newTorrent(2 * MIB, { announce: [tracker.wsUrl] });
    const file = join(folder, torrent.name);
    writeFileSync(file, torrent.payload);
    site.serve('/own.torrent', torrent.torrentBytes);
    await world.clickLink(`${site.url}/own.torrent`);
    await list.until(torrent.infoHash, ({ state }) => state === 'downloading');

    const page = await DetailPage.open(browser, torrent.infoHash);
    await page.ask('settings.set', { sharing: 'share' });
    await browser.chooseFile(page.tab, '.own-files input[type="file"]:not([webkitdirectory])', file);
    const says = (words: string) =>
      page.until(
        () => page.words(),
        (said) => said.includes(words),
      );
    await says('All of it is here now, and can be shared.');
    await list.until(torrent.infoHash, ({ state }) => state === 'done');

    await page.press('Check again', '.own-files');
    await says('All pieces are being checked');
    await list.until(torrent.infoHash, ({ state }) => state === 'done');

    const view = async () =>
      (await snapshotFrom(browser, page.tab)).transfers.find(({ id }) => id === (torrent.infoHash as string));
    const field = await page.field('Upload at most');
    await browser.fill(page.tab, field, '1500');
    await browser.press(page.tab, 'Enter');
    await page.until(view, (now) => now?.limits.upBytesPerS === 1_500_000);

    const friend = await swarm.leech({ torrent, trackers: [] });
    await friend.untilDone({ timeoutMs: 60_000 });
    expect(await friend.payloadSha256()).toBe(sha256Hex(torrent.payload));
    await friend.leave();
    expect((await view())?.verified).toEqual({ peerBytes: 0, originBytes: 0, hereBytes: torrent.payload.length });
    await page.close();
  });
});
