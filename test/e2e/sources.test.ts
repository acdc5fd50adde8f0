import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Http2Origin, startHttp2Origin } from '../support/http2-origin.ts';
import type { MadeTorrent } from '../support/make-torrent.ts';
import type { OriginServer } from '../support/origin-server.ts';
import { sha256Hex } from '../support/payload.ts';
import type { SwarmPeer } from '../support/seeder.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { pathOfControl } from './page-path.ts';
import { filesNamed, savedFiles } from './saved-files.ts';

const PIECE_BYTES = 64 * KIB;

describe.each(BROWSERS)('in %s', (name) => {
  let world: World;
  /** Its certificate is one that only this browser trusts. */
  let secure: Http2Origin;
  beforeAll(async () => {
    secure = await startHttp2Origin();
    world = await openWorld(name, { trusts: secure });
  });
  afterAll(async () => {
    await world?.close();
    await secure?.close();
  });

  // First, because nobody has signed in yet.
  describe('a .torrent link that is clicked', () => {
    /** A .torrent that only members get, of a file that anybody gets. */
    function serveToMembers(path: string): MadeTorrent {
      const { site } = world;
      const file = path.replace('.torrent', '.bin');
      const torrent = world.newTorrent(300 * KIB, { urlList: [`${site.url}${file}`] });
      site.serve(path, torrent.torrentBytes);
      site.serve(file, torrent.payload);
      site.behave(path, { requiresCookie: true });
      return torrent;
    }

    test('says that the site answered with a web page, and goes on after the user signed in', async () => {
      const { site, list, browser } = world;
      const torrent = serveToMembers('/members.torrent');
      await world.clickLink('/members.torrent');
      const refused = await list.untilDone('members.torrent');
      expect(refused.state).toBe('failed');
      expect(refused.text).toMatch(/127\.0\.0\.1.*web page.*sign in/i);
      expect(refused.buttons).toEqual(expect.arrayContaining(['Resume', 'Remove']));

      await browser.open(`${site.url}/login`);
      await list.press('members.torrent', 'Resume');
      expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done', name: torrent.name });
      expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
      expect(await list.row('members.torrent')).toBeNull();
    });

    test.each(['lax', 'strict'])(
      'sends the cookie of a session that is SameSite=%s to that site alone',
      async (sameSite) => {
        const { site, list, browser } = world;
        const torrent = serveToMembers(`/${sameSite}.torrent`);
        await browser.open(`${site.url}/login?${sameSite}`);
        await world.clickLink(`/${sameSite}.torrent`);
        expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done' });
        expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
        const fetched = (path: string) => site.requests.filter((request) => request.path === path);
        expect(fetched(`/${sameSite}.torrent`).map(({ cookies }) => cookies)).toEqual(['session=let-me-in']);
        expect(new Set(fetched(`/${sameSite}.bin`).map(({ cookies }) => cookies))).toEqual(new Set([null]));
      },
    );
  });

  describe('a source that lies', () => {
    test('about one piece is told by name, and an honest origin makes the file right', async () => {
      const { lab, list, site, browser } = world;
      const liar = await lab.anotherOrigin();
      const torrent = world.newTorrent(4 * MIB, { pieceLengthBytes: PIECE_BYTES });
      for (const origin of [liar, site]) origin.serve('/half-true.bin', torrent.payload);
      // Whichever piece it is asked for first.
      liar.behave('/half-true.bin', ({ number, range }) => {
        const startByte = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
        return number === 1 ? { lies: { startByte, endByte: startByte + 10 } } : {};
      });
      site.behave('/half-true.bin', { rateBytesPerS: MIB });
      site.serve('/half-true.torrent', torrent.torrentBytes);
      const webSeeds = [`${liar.url}/half-true.bin`, `${site.url}/half-true.bin`];
      await world.clickLink(torrent.magnet({ webSeeds, exactSources: [`${site.url}/half-true.torrent`] }));
      const row = await list.untilDone(torrent.infoHash);
      expect(row).toMatchObject({ state: 'done', originBytes: torrent.payload.length });
      expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
      expect(row.text).toMatch(new RegExp(`${new URL(liar.url).host} sent 1 damaged piece`));
      expect(row.text).not.toContain(`${new URL(site.url).host} sent`);
    });

    test('always, and is the only one, is dropped in words and nothing is saved', async () => {
      const { lab, list, site, browser } = world;
      const liar = await lab.anotherOrigin();
      const torrent = world.newTorrent(4 * MIB, { pieceLengthBytes: PIECE_BYTES });
      liar.serve('/lie.bin', torrent.payload);
      liar.behave('/lie.bin', { lies: { startByte: 0, endByte: torrent.payload.length } });
      site.serve('/lie.torrent', torrent.torrentBytes);
      const link = { webSeeds: [`${liar.url}/lie.bin`], exactSources: [`${site.url}/lie.torrent`] };
      await world.clickLink(torrent.magnet(link));
      const row = await list.until(torrent.infoHash, ({ text }) => /not asked any more/.test(text));
      expect(row.text).toMatch(new RegExp(`${new URL(liar.url).host} sent \\d+ damaged pieces`));
      expect(row).toMatchObject({ originBytes: 0, peerBytes: 0, percent: 0 });
      expect(row.buttons).toContain('Remove');
      const asked = liar.requests.length;
      await wait(2_000); // longer than the first rest of an origin that failed
      expect(liar.requests).toHaveLength(asked);
      expect(filesNamed(browser.downloadsDir, torrent.name)).toEqual([]);
    });

    test('and is a peer is told too, and an honest origin makes the file right', async () => {
      const { lab, list, site, browser } = world;
      const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
      const torrent = world.newTorrent(5 * MIB, { announce: [tracker.wsUrl] });
      const lies = Array.from({ length: torrent.pieceCount }, (_, piece) => piece);
      const liar = await swarm.seed({ torrent, trackers: [tracker.wsUrl], lies });
      site.serve('/true.bin', torrent.payload);
      site.behave('/true.bin', { rateBytesPerS: 100 * KIB });
      await world.clickLink(torrent.magnet({ webSeeds: [`${site.url}/true.bin`] }));
      await list.until(torrent.infoHash, ({ text }) => /peer .* sent \d+ damaged pieces?/i.test(text));
      site.behave('/true.bin', null);
      const row = await list.untilDone(torrent.infoHash);
      expect(row).toMatchObject({ state: 'done', peerBytes: 0, originBytes: torrent.payload.length });
      expect(row.text).toMatch(/peer .* sent \d+ damaged pieces?/i);
      expect(row.text).not.toContain(`${new URL(site.url).host} sent`); // an honest origin is not blamed for pieces they shared
      expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
      await liar.leave();
    });
  });

  test('an origin that knows no ranges brings a file too', async () => {
    const { list, site, browser } = world;
    const torrent = world.newTorrent(6 * MIB, { pieceLengthBytes: PIECE_BYTES });
    site.serve('/no-ranges.torrent', torrent.torrentBytes);
    site.serve('/no-ranges.bin', torrent.payload);
    site.behave('/no-ranges.bin', { ignoresRanges: true });
    const webSeeds = [`${site.url}/no-ranges.bin`];
    await world.clickLink(torrent.magnet({ webSeeds, exactSources: [`${site.url}/no-ranges.torrent`] }));
    const row = await list.untilDone(torrent.infoHash, { timeoutMs: 45_000 });
    expect(row).toMatchObject({ state: 'done', originBytes: torrent.payload.length });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
  });

  describe('an origin that speaks HTTP/2', () => {
    /** Clicks a magnet link whose bytes and metadata only this origin has. */
    async function download(path: string, lengthBytes: number) {
      const torrent = world.newTorrent(lengthBytes);
      secure.serve(`${path}.torrent`, torrent.torrentBytes);
      secure.serve(path, torrent.payload);
      const webSeeds = [`${secure.url}${path}`];
      await world.clickLink(torrent.magnet({ exactSources: [`${secure.url}${path}.torrent`], webSeeds }));
      const row = await world.list.untilDone(torrent.infoHash, { timeoutMs: 45_000 });
      expect(row).toMatchObject({ state: 'done', peerBytes: 0, originBytes: lengthBytes, percent: 100 });
      expect(savedFiles(world.browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
      return secure.requests.filter((request) => request.path === path);
    }

    test('brings a file by several ranges at a time over one connection', async () => {
      const requests = await download('/whole.bin', 24 * MIB + 123);
      expect(requests.every(({ range }) => range !== null)).toBe(true);
      expect(new Set(requests.map(({ session }) => session)).size).toBe(1);
      expect(secure.mostAtOnce()).toBeGreaterThan(1);
      expect(secure.mostAtOnce()).toBeLessThanOrEqual(4); // three, and one that succeeds another
      const sentBytes = requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
      expect(sentBytes).toBeLessThan(1.3 * 24 * MIB);
    });

    test('brings it whole when its connection, and all ranges with it, breaks twice', async () => {
      secure.breakSessions(2, 5 * MIB);
      const requests = await download('/broken.bin', 16 * MIB + 77);
      expect(new Set(requests.map(({ session }) => session)).size).toBeGreaterThanOrEqual(3);
    });
  });

  describe('a magnet link that is clicked', () => {
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

    test('becomes a file from a mirror that is named only beside the redirect of an origin with a login', async () => {
      const { lab, list, browser, site } = world;
      const [slow, fast] = await Promise.all([lab.anotherOrigin(), lab.anotherOrigin()]);
      const torrent = world.newTorrent(8 * MIB + 77);
      site.serve('/moved.torrent', torrent.torrentBytes);
      for (const mirror of [slow, fast]) mirror.serve('/copy.bin', torrent.payload);
      slow.behave('/copy.bin', { rateBytesPerS: 64 * KIB });
      const link = `<${slow.url}/copy.bin>; rel=duplicate; pri=1, <${fast.url}/copy.bin>; rel=duplicate; pri=2`;
      site.behave('/moved.bin', { redirectTo: `${slow.url}/copy.bin`, extraHeaders: { link } });
      const webSeeds = [`${site.url.replace('//', '//ann:secret@')}/moved.bin`];
      await world.clickLink(torrent.magnet({ exactSources: [`${site.url}/moved.torrent`], webSeeds }));
      const row = await list.untilDone(torrent.infoHash);
      expect(row).toMatchObject({ state: 'done', originBytes: torrent.payload.length });
      expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
      const logins = (requests: OriginServer['requests'], path: string) =>
        new Set(requests.filter((request) => request.path === path).map(({ headers }) => headers.authorization));
      expect(logins(site.requests, '/moved.bin')).toEqual(new Set([`Basic ${btoa('ann:secret')}`]));
      for (const mirror of [slow, fast]) expect(logins(mirror.requests, '/copy.bin')).toEqual(new Set([undefined]));
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
});

const receivedBytes = async (peer: SwarmPeer) => (await peer.stats()).receivedBytes;
