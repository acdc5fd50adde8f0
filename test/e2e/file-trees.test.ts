import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MadeTorrent, makeTorrent, type TorrentFileInput } from '../support/make-torrent.ts';
import { pseudoRandomBytes, sha256Hex } from '../support/payload.ts';
import { BROWSERS, KIB, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';

const PIECE_BYTES = 32 * KIB;
const sha1Hex = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

describe.each(BROWSERS)('a torrent of many files in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  /** Serves the files of a torrent as a web seed does, in a folder called like the torrent (BEP 19). */
  async function download(torrent: MadeTorrent, files: readonly TorrentFileInput[]): Promise<void> {
    const { site, list } = world;
    for (const { path, bytes } of files) site.serve(`/seed/${[torrent.name, ...path].join('/')}`, bytes);
    site.serve('/tree.torrent', torrent.torrentBytes);
    const link = { exactSources: [`${site.url}/tree.torrent`], webSeeds: [`${site.url}/seed/`] };
    await world.clickLink(torrent.magnet(link));
    const row = await list.untilDone(torrent.infoHash);
    expect(row.text).not.toMatch(/stopped/i);
    expect(row.state).toBe('done');
  }

  test('lands as a tree of folders, with Unicode names, an empty file and without padding', async () => {
    const files = [
      { path: ['lies mich.txt'], bytes: pseudoRandomBytes(1, 10) },
      { path: ['空の.dat'], bytes: new Uint8Array(0) },
      { path: ['Ünïcode 🎬', 'eins', 'zwei', 'tief.bin'], bytes: pseudoRandomBytes(2, 3 * PIECE_BYTES + 17) },
      { path: ['Ünïcode 🎬', 'tief.bin'], bytes: pseudoRandomBytes(3, PIECE_BYTES - 1) },
      { path: ['ende #1 100.bin'], bytes: pseudoRandomBytes(4, 2 * PIECE_BYTES) },
    ];
    const torrent = makeTorrent({
      name: `Bäume ${name}`,
      content: files,
      pieceLengthBytes: PIECE_BYTES,
      padsFiles: true,
    });
    await download(torrent, files);
    const expected = files.map(({ path, bytes }) => [path.join('/'), sha256Hex(bytes)]);
    expect(savedFiles(join(world.browser.downloadsDir, torrent.name))).toEqual(Object.fromEntries(expected));
  });

  test('gets safe names where a torrent names files to harm', async () => {
    const bytes = (seed: number) => pseudoRandomBytes(seed, 5_000 + seed);
    const files = [
      { path: ['..', '..', 'climber.txt'], bytes: bytes(11) },
      { path: ['CON'], bytes: bytes(12) },
      { path: ['aux.txt', 'inside.txt'], bytes: bytes(13) },
      { path: ['a:b'], bytes: bytes(14) },
      { path: ['a_b'], bytes: bytes(15) },
      { path: ['dots...'], bytes: bytes(16) },
      { path: ['photo\u202Egpj.exe'], bytes: bytes(17) },
      { path: ['slash/../../../etc/passwd'], bytes: bytes(18) },
      { path: ['back\\slash.txt'], bytes: bytes(19) },
      { path: ['.hidden'], bytes: bytes(20) },
    ];
    const torrent = makeTorrent({ name: '..', content: files, pieceLengthBytes: PIECE_BYTES });
    const { lab, browser, list } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    const before = new Set(readdirSync(browser.downloadsDir));
    const profileBefore = new Set(readdirSync(browser.profileDir));
    const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl] });
    await world.clickLink(torrent.magnet({ trackers: [tracker.wsUrl] }));
    const row = await list.untilDone(torrent.infoHash);
    expect(row.state).toBe('done');
    expect(row.text).toMatch(/name.*files? ha(s|ve) characters/i);
    await seeder.leave();

    const [folder, ...others] = readdirSync(browser.downloadsDir).filter((entry) => !before.has(entry));
    expect(others).toEqual([]);
    const saved = savedFiles(join(browser.downloadsDir, folder ?? ''));
    expect(Object.values(saved).sort()).toEqual(files.map((file) => sha256Hex(file.bytes)).sort());
    for (const path of [folder ?? '', ...Object.keys(saved)].flatMap((path) => path.split('/'))) {
      expect(path).not.toMatch(/^\.|[:\\\u202E]|\.$|^(con|aux)(\.|$)/i);
    }
    const escaped = readdirSync(browser.profileDir).filter((entry) => !profileBefore.has(entry));
    expect(escaped.filter((entry) => /climber|passwd/.test(entry))).toEqual([]);
  });

  test('never overwrites: after removal with the files kept, a second copy lands beside the first', async () => {
    const { browser, list } = world;
    const files = [
      { path: ['one.bin'], bytes: pseudoRandomBytes(21, 40_000) },
      { path: ['sub', 'two.bin'], bytes: pseudoRandomBytes(22, 50_000) },
    ];
    const torrent = makeTorrent({ name: `again ${name}`, content: files, pieceLengthBytes: PIECE_BYTES });
    const hashes = Object.fromEntries(files.map(({ path, bytes }) => [path.join('/'), sha256Hex(bytes)]));
    await download(torrent, files);
    await list.press(torrent.infoHash, 'Remove');
    await list.press(torrent.infoHash, 'Keep the file');
    await list.untilGone(torrent.infoHash);
    expect(savedFiles(join(browser.downloadsDir, torrent.name))).toEqual(hashes);

    await download(torrent, files);
    const folders = readdirSync(browser.downloadsDir).filter((entry) => entry.startsWith(torrent.name));
    expect(folders).toHaveLength(2);
    for (const folder of folders) expect(savedFiles(join(browser.downloadsDir, folder))).toEqual(hashes);
  });

  test('is saved but for the files that changed on the server, and those are named', async () => {
    const { browser, list, site } = world;
    const hashed = (path: string, bytes: Uint8Array) => ({ path: [path], bytes, extra: { sha1: sha1Hex(bytes) } });
    const files = [
      hashed('01.mp3', pseudoRandomBytes(31, 300_000)),
      hashed('item_files.xml', pseudoRandomBytes(32, 3_000)),
      hashed('02.mp3', pseudoRandomBytes(33, 400_000)),
      hashed('item_meta.xml', pseudoRandomBytes(34, 1_500)),
      hashed('03.mp3', pseudoRandomBytes(35, 200_000)),
    ];
    const torrent = makeTorrent({ name: `changed ${name}`, content: files, pieceLengthBytes: PIECE_BYTES });
    for (const { path, bytes } of files) site.serve(`/archive/${torrent.name}/${path[0]}`, bytes);
    site.serve(`/archive/${torrent.name}/item_files.xml`, pseudoRandomBytes(36, 3_000));
    site.serve(`/archive/${torrent.name}/item_meta.xml`, pseudoRandomBytes(37, 1_742));
    site.serve('/changed.torrent', torrent.torrentBytes);
    const link = { exactSources: [`${site.url}/changed.torrent`], webSeeds: [`${site.url}/archive/`] };
    await world.clickLink(torrent.magnet(link));
    const row = await list.untilDone(torrent.infoHash, { timeoutMs: 40_000 });
    expect(row.state).toBe('done');
    expect(row.text).toContain('2 of 5 files could not be fetched');
    expect(row.text).toContain('Missing: item_files.xml and item_meta.xml.');
    const media = files.filter(({ path }) => path[0]?.endsWith('.mp3'));
    expect(savedFiles(join(browser.downloadsDir, torrent.name))).toEqual(
      Object.fromEntries(media.map(({ path, bytes }) => [path[0], sha256Hex(bytes)])),
    );
  });

  test('keeps a file of the user that has the same name', async () => {
    const { browser, list, site } = world;
    const torrent = world.newTorrent(100_000);
    const content = torrent.payload;
    site.serve('/twice.bin', content);
    site.serve('/twice.torrent', torrent.torrentBytes);
    const link = { exactSources: [`${site.url}/twice.torrent`], webSeeds: [`${site.url}/twice.bin`] };
    for (const round of [1, 2]) {
      await world.clickLink(torrent.magnet(link));
      expect((await list.untilDone(torrent.infoHash)).state).toBe('done');
      await list.press(torrent.infoHash, 'Remove');
      await list.press(torrent.infoHash, 'Keep the file');
      await list.untilGone(torrent.infoHash);
      const stem = torrent.name.replace('.bin', '');
      const copies = Object.entries(savedFiles(browser.downloadsDir)).filter(([path]) => path.startsWith(stem));
      expect(copies).toHaveLength(round);
      for (const [, hash] of copies) expect(hash).toBe(sha256Hex(content));
    }
  });
});
