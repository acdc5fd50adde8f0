import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFlightLog } from '../../src/engine/transfer/read-flight-log.ts';
import { type MadeTorrent, makeTorrent } from '../support/make-torrent.ts';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { bytesAskedFor } from './bytes-asked-for.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { filesNamed, savedFiles } from './saved-files.ts';
import { POLICY_NAMES, TransferList } from './transfer-list.ts';

/** Nobody listens on the lowest ports of this machine. */
const NOBODY = '127.0.0.1:9';

const hashOf = (magnet: string): string => /btih:([0-9a-f]{40})/.exec(magnet)?.[1] ?? '';

describe.each(BROWSERS)('the popup in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  describe('says in plain words', () => {
    test('that an origin does not have the file, and goes on when a peer joins', async () => {
      const { lab, list, site, browser } = world;
      const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
      const torrent = world.newTorrent(500 * KIB);
      site.serve('/gone.torrent', torrent.torrentBytes);
      const sources = { webSeeds: [`${site.url}/gone.bin`], exactSources: [`${site.url}/gone.torrent`] };
      await world.clickLink(torrent.magnet({ trackers: [tracker.wsUrl], ...sources }));
      const waiting = await list.until(torrent.infoHash, ({ text }) => /error 404/.test(text));
      expect(waiting.text).toMatch(new RegExp(`${new URL(site.url).host} does not have the file`));
      expect(waiting.state).toBe('downloading');
      expect(waiting.buttons).toEqual(expect.arrayContaining(['Pause', 'Remove']));
      const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl] });
      expect(await list.untilDone(torrent.infoHash)).toMatchObject({
        state: 'done',
        peerBytes: torrent.payload.length,
      });
      expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
      await seeder.leave();
    });

    // One after another they would take their patience one after another.
    test('what keeps a transfer waiting', async () => {
      const { lab, list } = world;
      const tracker = await lab.tracker();
      const unreachable = world.newTorrent(KIB).magnet({ trackers: [`ws://${NOBODY}`] });
      const lonely = world.newTorrent(KIB).magnet({ trackers: [tracker.wsUrl] });
      const udp = ['udp://tracker.example:6969/announce', 'udp://other.example:1337'];
      const udpOnly = world.newTorrent(KIB).magnet({ trackers: udp });
      const sourceless = world.newTorrent(KIB).magnet();
      const cases = [
        { magnet: unreachable, words: /127\.0\.0\.1:9 does not answer/ },
        { magnet: lonely, words: /nobody else is here/i },
        { magnet: udpOnly, words: /trackers speak only UDP \(2\).*browser cannot use/ },
        { magnet: sourceless, words: /no tracker and no web source/ },
      ];
      for (const { magnet } of cases) {
        await list.add(magnet);
        await list.until(hashOf(magnet), () => true);
      }
      for (const { magnet, words } of cases) {
        const row = await list.until(hashOf(magnet), ({ text }) => words.test(text));
        expect(row.state).toBe('fetching-metadata');
        expect(row.buttons).toEqual(expect.arrayContaining(['Pause', 'Remove']));
      }
      await list.press(hashOf(sourceless), 'Remove');
      await list.press(hashOf(sourceless), 'Delete what arrived');
      await list.untilGone(hashOf(sourceless));
    });

    test.each([
      ['a link that is none', 'htp:/not a link', /not a magnet link/],
      ['a magnet link without a hash', 'magnet:?dn=nothing', /not a magnet link|cannot be read/],
      ['nothing at all', '   ', /nothing to add/],
    ])('under the field what is wrong with %s, and leaves the text there', async (_, text, words) => {
      const { list } = world;
      const before = await list.rows();
      await list.add(text);
      expect((await list.untilFieldSays(words)).text).toBe(text);
      expect(await list.rows()).toHaveLength(before.length);
    });

    test('why a .torrent is of no use', async () => {
      const { list, site, browser } = world;
      site.serve('/garbage.torrent', new TextEncoder().encode('d4:infod4:nonsense'));
      const { torrentBytes } = makeTorrent({ name: 'x', content: new Uint8Array(9), pieceLengthBytes: 16 * KIB });
      site.serve('/cut off.torrent', torrentBytes.subarray(0, torrentBytes.length - 30));
      site.behave('/broken.torrent', { failsWith: { status: 500 } });
      const cases = [
        { path: 'garbage.torrent', words: /cannot be read/ },
        { path: 'cut off.torrent', words: /cannot be read/ },
        { path: 'missing.torrent', words: /did not give the \.torrent.*404/ },
        { path: 'broken.torrent', words: /did not give the \.torrent.*500/ },
      ];
      for (const { path, words } of cases) {
        await list.add(`${site.url}/${encodeURIComponent(path)}`);
        const row = await list.until(path, ({ state }) => state === 'failed');
        expect(row.text).toMatch(words);
        expect(row.buttons).toEqual(expect.arrayContaining(['Resume', 'Remove']));
      }
      await list.add(`http://${NOBODY}/silent.torrent`);
      const row = await list.until('silent.torrent', ({ state }) => state === 'failed');
      expect(row.text).toMatch(/127\.0\.0\.1:9 does not answer/);

      site.serve('/missing.torrent', world.newTorrent(KIB).torrentBytes);
      await list.press('missing.torrent', 'Resume');
      await list.untilGone('missing.torrent');
      await list.press('broken.torrent', 'Remove');
      await list.press('broken.torrent', 'Keep what arrived');
      await list.untilGone('broken.torrent');
      expect(filesNamed(browser.downloadsDir, 'torrent')).toEqual([]);
    });
  });

  /** Adds a transfer with one origin, which is slow until it is told to be fast. */
  async function addSlow(lengthBytes: number) {
    const { site, list } = world;
    const torrent = world.newTorrent(lengthBytes);
    const path = `/${torrent.infoHash}`;
    site.serve(path, torrent.payload);
    site.serve(`${path}.torrent`, torrent.torrentBytes);
    site.behave(path, { rateBytesPerS: 50 * KIB }); // of one stream; three take half a minute for 4 MiB
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
    const { originBytes } = await list.until(torrent.infoHash, (row) => row.originBytes > 256 * KIB);
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
