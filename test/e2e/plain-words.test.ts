import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTorrent } from '../support/make-torrent.ts';
import { sha256Hex } from '../support/payload.ts';
import { BROWSERS, KIB, openWorld, type World } from './open-world.ts';
import { filesNamed, savedFiles } from './saved-files.ts';

/** Nobody listens on the lowest ports of this machine. */
const NOBODY = '127.0.0.1:9';

describe.each(BROWSERS)('%s says in plain words', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

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
    expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done', peerBytes: torrent.payload.length });
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

const hashOf = (magnet: string): string => /btih:([0-9a-f]{40})/.exec(magnet)?.[1] ?? '';
