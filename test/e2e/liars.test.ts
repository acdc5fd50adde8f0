import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../support/payload.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { filesNamed, savedFiles } from './saved-files.ts';

const PIECE_BYTES = 64 * KIB;

describe.each(BROWSERS)('in %s, a source that lies', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

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
    site.behave('/true.bin', { rateBytesPerS: 300 * KIB });
    await world.clickLink(torrent.magnet({ webSeeds: [`${site.url}/true.bin`] }));
    const row = await list.untilDone(torrent.infoHash);
    expect(row).toMatchObject({ state: 'done', peerBytes: 0, originBytes: torrent.payload.length });
    expect(row.text).toMatch(/peer .* sent \d+ damaged pieces?/i);
    expect(row.text).not.toContain(`${new URL(site.url).host} sent`); // an honest origin is not blamed for pieces they shared
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    await liar.leave();
  });
});
