import { afterEach, describe, expect, test } from 'vitest';
import { putFile } from '../../src/engine/store/put-file.ts';
import type { TransferId } from '../../src/model/ids.ts';
import { BY_HAND } from '../../src/model/provenance.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { hash, type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const TRACKER = 'wss://tracker.test/announce';
const TORRENT_URL = 'http://site.test/get/file.torrent';
const single = await smallTorrent({ content: 2 * MIB + 99, announce: [TRACKER] });
const withOrigin = await smallTorrent({ seed: 2, content: 2 * MIB, urlList: ['http://origin.test/'] });
const folder = await smallTorrent({
  seed: 3,
  name: 'folder',
  content: { 'a.bin': 300_000, 'empty.txt': 0, 'sub/con.txt': 90_000 },
  announce: [TRACKER],
  padsFiles: true,
});

afterEach(giveTimersBack);

const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;
const isSaved = (world: EngineWorld, path: string, bytes: Uint8Array) =>
  Buffer.compare(world.downloads.files.get(path) ?? new Uint8Array(), bytes) === 0;

/** A world whose swarm has one whole peer that sends the metadata too. */
function peopled(torrent = single, rateBytesPerS = MIB): EngineWorld {
  const world = new EngineWorld();
  world.swarm.knows(torrent.info.infoHash, torrent.info.infoBytes);
  world.peer(torrent, 'seed', { rateBytesPerS });
  return world;
}

describe('adding', () => {
  test('a magnet leads from metadata to the saved file', async () => {
    const world = peopled();
    const { id, wasThere } = await world.do(world.engine.addLink(single.made.magnet()));
    expect({ id, wasThere }).toEqual({ id: idOf(single), wasThere: false });
    const view = await world.until(id, 'done');
    expect(isSaved(world, 'file.bin', single.payload)).toBe(true);
    expect(view).toMatchObject({ name: 'file.bin', sizeBytes: single.info.lengthBytes, files: 1, problems: [] });
    expect(view.verified).toEqual({ peerBytes: single.info.lengthBytes, originBytes: 0, hereBytes: 0 });
    expect(world.notified).toEqual([id]);
  });

  test('a bare info hash has no source and says so', async () => {
    const world = new EngineWorld();
    const { id } = await world.do(world.engine.addLink(single.info.infoHash.toUpperCase()));
    await world.clock.pass(10_000);
    expect(world.view(id)).toMatchObject({
      state: { phase: 'fetching-metadata' },
      problems: [{ code: 'no-sources' }],
    });
  });

  test('a .torrent file with an origin needs no swarm', async () => {
    const world = new EngineWorld();
    world.store.serve(withOrigin, 'origin.test');
    const { id } = await world.do(world.engine.addTorrent(withOrigin.made.torrentBytes));
    const view = await world.until(id, 'done');
    expect(view.verified).toEqual({ peerBytes: 0, originBytes: 2 * MIB, hereBytes: 0 });
    expect(isSaved(world, 'file.bin', withOrigin.payload)).toBe(true);
    expect(world.swarm.sessions).toEqual([]);
  });

  test("the address of a .torrent is fetched with the user's cookies and becomes the transfer", async () => {
    const world = new EngineWorld();
    world.store.serve(withOrigin, 'origin.test');
    world.serveTorrent(TORRENT_URL, withOrigin);
    const { id } = await world.do(world.engine.addLink(TORRENT_URL));
    expect(world.view(id)).toMatchObject({ name: 'file.torrent', state: { phase: 'fetching-metadata' } });
    await world.until(idOf(withOrigin), 'done');
    expect(world.engine.views()).toHaveLength(1);
    expect(world.torrentRequests).toEqual([{ url: TORRENT_URL, withCookies: true }]);
  });

  test('the xs= of a magnet is fetched without cookies, and its origins count', async () => {
    const world = new EngineWorld();
    world.store.serve(withOrigin, 'origin.test');
    world.serveTorrent(TORRENT_URL, withOrigin);
    const { id } = await world.do(world.engine.addLink(withOrigin.made.magnet({ exactSources: [TORRENT_URL] })));
    await world.until(id, 'done');
    expect(world.torrentRequests).toEqual([{ url: TORRENT_URL, withCookies: false }]);
  });

  test.each([
    ['ws=', 'ws'],
    ['as=', 'as'],
    ['ws.1=', 'ws.1'],
  ])(
    'the %s of a magnet is an origin: with the metadata from a peer that sends nothing else, all comes from there',
    async (_name, key) => {
      const world = new EngineWorld();
      world.swarm.knows(single.info.infoHash, single.info.infoBytes);
      const origin = world.store.serve(single, 'cdn.test');
      const link = `${single.made.magnet()}&${key}=${encodeURIComponent(`${origin}file.bin`)}`;
      const { id } = await world.do(world.engine.addLink(link));
      expect((await world.until(id, 'done')).verified.originBytes).toBe(single.info.lengthBytes);
      expect(isSaved(world, 'file.bin', single.payload)).toBe(true);
    },
  );

  test('the as= of a magnet that is a .torrent gives the metadata and its origins', async () => {
    const world = new EngineWorld();
    world.store.serve(withOrigin, 'origin.test');
    world.torrents.set('http://site.test/f.torrent', { ok: true, bytes: withOrigin.made.torrentBytes });
    const link = `magnet:?xt=urn:btih:${withOrigin.info.infoHash}&as=${encodeURIComponent('http://site.test/f.torrent')}`;
    const { id } = await world.do(world.engine.addLink(link));
    expect((await world.until(id, 'done')).verified.originBytes).toBe(2 * MIB);
    expect(world.torrentRequests).toEqual([{ url: 'http://site.test/f.torrent', withCookies: false }]);
  });

  test('a folder goes to one of its own, with safe names and its empty files', async () => {
    const world = peopled(folder);
    const { id } = await world.do(world.engine.addTorrent(folder.made.torrentBytes));
    const view = await world.until(id, 'done');
    const [a, , con] = folder.info.files.filter(({ isPadding }) => !isPadding);
    expect([...world.downloads.files.keys()].filter((path) => !path.includes('con'))).toEqual([
      'folder/a.bin',
      'folder/empty.txt',
    ]);
    expect(isSaved(world, 'folder/a.bin', folder.file(a?.index ?? 0))).toBe(true);
    const conPath = [...world.downloads.files.keys()].find((path) => path.includes('con')) ?? '';
    expect(conPath).not.toBe('folder/sub/con.txt');
    expect(isSaved(world, conPath, folder.file(con?.index ?? 0))).toBe(true);
    expect(view.problems).toEqual([{ code: 'names-changed', files: 1 }]);
    expect(view.saved?.files).toBe(3);
  });

  test('text that is no link is refused; a link in a page becomes an entry that says why', async () => {
    const world = new EngineWorld();
    await expect(world.engine.addLink('hello')).rejects.toMatchObject({ failure: { code: 'bad-link' } });
    expect(world.engine.views()).toEqual([]);
    await world.do(world.engine.capture('magnet:?dn=nothing', BY_HAND));
    expect(world.engine.views()[0]?.state).toMatchObject({ phase: 'failed', failure: { code: 'bad-link' } });
  });
});

test('all transfers share what a host bears: three requests at a time, and one more before a run ends', async () => {
  const world = new EngineWorld();
  const server = world.store.web.server('origin.test');
  server.rateBytesPerS = MIB / 2;
  const torrents = await Promise.all(
    ['one.bin', 'two.bin', 'three.bin', 'four.bin'].map((name, seed) =>
      smallTorrent({ seed: 10 + seed, name, content: MIB, urlList: ['http://origin.test/'] }),
    ),
  );
  for (const torrent of torrents) {
    world.store.serve(torrent, 'origin.test');
    await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  }
  for (const torrent of torrents) await world.until(idOf(torrent), 'done');
  expect(server.mostOpen).toBe(4);
});

describe('adding the same again', () => {
  test('is one entry', async () => {
    const world = peopled();
    await world.do(world.engine.addLink(single.made.magnet()));
    const again = await world.do(world.engine.addTorrent(single.made.torrentBytes));
    expect(again).toMatchObject({ id: idOf(single), wasThere: true });
    expect(world.engine.views()).toHaveLength(1);
    await world.until(again.id, 'done');
    expect(world.downloads.count).toBe(1);
  });

  test('merges its sources, which are used at once', async () => {
    const world = new EngineWorld();
    const { id } = await world.do(world.engine.addLink(`magnet:?xt=urn:btih:${single.info.infoHash}`));
    await world.clock.pass(5_000);
    const origin = world.store.serve(single, 'late.test');
    await world.do(world.engine.addTorrent(single.made.torrentBytes));
    await world.do(world.engine.addLink(`magnet:?xt=urn:btih:${single.info.infoHash}&ws=${origin}`));
    expect((await world.until(id, 'done')).verified.originBytes).toBe(single.info.lengthBytes);
    const [record] = await world.records.all();
    expect(record).toMatchObject({ trackers: [TRACKER], origins: [origin] });
  });

  test('by the same address of a .torrent is one entry too', async () => {
    const world = new EngineWorld();
    const first = await world.do(world.engine.addLink(TORRENT_URL));
    expect(await world.do(world.engine.addLink(TORRENT_URL))).toMatchObject({ id: first.id, wasThere: true });
  });

  test('tries again what had failed', async () => {
    const world = peopled();
    world.store.disk.roomBytes = 0;
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    expect((await world.until(id, 'failed')).state).toMatchObject({ failure: { code: 'disk-full' } });
    world.store.disk.roomBytes = Number.POSITIVE_INFINITY;
    await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
  });
});

describe('the address of a .torrent that fails', () => {
  test('says why, and works when it is tried again', async () => {
    const world = new EngineWorld();
    world.store.serve(withOrigin, 'origin.test');
    const { id } = await world.do(world.engine.addLink(TORRENT_URL));
    const failed = await world.until(id, 'failed');
    expect(failed.state).toMatchObject({ failure: { code: 'torrent-unavailable', host: 'site.test', status: 404 } });
    world.serveTorrent(TORRENT_URL, withOrigin);
    await world.do(world.engine.resume(id));
    await world.until(idOf(withOrigin), 'done');
    expect(world.engine.views()).toHaveLength(1);
  });

  test('is remembered over a restart', async () => {
    const world = new EngineWorld();
    const { id } = await world.do(world.engine.addLink(TORRENT_URL));
    await world.until(id, 'failed');
    await world.restart();
    expect(world.view(id).state.phase).toBe('failed');
  });

  test('when it answers with something else, that is said', async () => {
    const world = new EngineWorld();
    world.torrents.set(TORRENT_URL, { ok: true, bytes: new TextEncoder().encode('<html>no</html>') });
    const { id } = await world.do(world.engine.addLink(TORRENT_URL));
    expect((await world.until(id, 'failed')).state).toMatchObject({ failure: { code: 'unreadable-torrent' } });
  });
});

describe('pausing and resuming', () => {
  test('keeps what is verified, leaves the swarm, and goes on from there', async () => {
    const world = peopled(single, 300_000);
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'downloading');
    await world.clock.pass(4_000);
    await world.do(world.engine.pause(id));
    const paused = world.view(id);
    expect(paused.state).toEqual({ phase: 'paused', resumeTo: { phase: 'downloading' } });
    expect(paused.verified.peerBytes).toBeGreaterThan(300_000);
    expect(world.swarm.current(single.info.infoHash)).toBeNull();
    const [peer] = world.swarm.peersOf(single.info.infoHash);
    const sent = peer?.sentBytes ?? 0;
    await world.clock.pass(60_000);
    expect(peer?.sentBytes ?? 0).toBeLessThanOrEqual(sent + 16_384);

    await world.do(world.engine.resume(id));
    const done = await world.until(id, 'done');
    expect(done.verified.peerBytes).toBe(single.info.lengthBytes);
    expect(isSaved(world, 'file.bin', single.payload)).toBe(true);
    expect(peer?.sentBytes ?? 0).toBeLessThan(single.info.lengthBytes + 600_000);
  });

  test.each([
    ['with metadata to come', false],
    ['with metadata at hand', true],
  ])('at any moment of its start does not hang, %s', async (_name, isKnown) => {
    for (let turns = 0; turns < 60; turns++) {
      const world = isKnown ? peopled() : new EngineWorld();
      const id = idOf(single);
      const adding = world.engine.addLink(single.made.magnet());
      for (let turn = 0; turn < turns || world.engine.views().length === 0; turn++) await Promise.resolve();
      await world.do(world.engine.pause(id));
      await world.do(adding);
      expect(world.view(id).state.phase).toBe('paused');
      await world.do(world.engine.resume(id));
      await world.clock.settle();
      expect(world.view(id).state.phase).not.toBe('paused');
    }
  });

  test.each([0, 1, 2, 3, 5, 8, 13, 40, 100, 900, 1_500, 2_200, 3_000, 3_500])(
    'after %i ms, whatever it was doing, stops it and lets it end well afterwards',
    async (afterMs) => {
      const world = peopled();
      const { id } = await world.do(world.engine.addLink(single.made.magnet()));
      await world.clock.pass(afterMs);
      await world.do(world.engine.pause(id));
      expect(['paused', 'done']).toContain(world.view(id).state.phase);
      await world.clock.pass(5_000);
      await world.do(world.engine.resume(id));
      await world.until(id, 'done');
      expect(isSaved(world, 'file.bin', single.payload)).toBe(true);
    },
  );

  test('many times in a row ends in the last wish', async () => {
    const world = peopled();
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    const wishes: Promise<void>[] = [];
    for (let turn = 0; turn < 5; turn++) wishes.push(world.engine.pause(id), world.engine.resume(id));
    await world.do(Promise.all(wishes));
    await world.until(id, 'done');
  });

  test('what is done is not paused', async () => {
    const world = peopled();
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
    await world.do(world.engine.pause(id));
    expect(world.view(id).state.phase).toBe('done');
  });
});

describe('removing', () => {
  test('with its data deletes everything, also saved files', async () => {
    const world = peopled();
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
    await world.do(world.engine.remove(id, true));
    expect(world.engine.views()).toEqual([]);
    expect(await world.records.all()).toEqual([]);
    expect(world.downloads.files.size).toBe(0);
    expect(world.store.disk.hasTorrent(single.info.infoHash)).toBe(false);
  });

  test('without its data leaves saved files', async () => {
    const world = peopled();
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
    await world.do(world.engine.remove(id, false));
    expect(world.engine.views()).toEqual([]);
    expect(await world.records.all()).toEqual([]);
    expect([...world.downloads.files.keys()]).toEqual(['file.bin']);
  });

  test('an unfinished one without its data keeps verified pieces for the next time', async () => {
    const world = peopled(single, 300_000);
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'downloading');
    await world.clock.pass(4_000);
    await world.do(world.engine.remove(id, false));
    expect(world.engine.views()).toEqual([]);
    await world.restart();
    expect(world.engine.views()).toEqual([]);
    const [peer] = world.swarm.peersOf(single.info.infoHash);
    const sent = peer?.sentBytes ?? 0;
    expect(await world.do(world.engine.addLink(single.made.magnet()))).toMatchObject({ id, wasThere: false });
    await world.until(id, 'done');
    expect((peer?.sentBytes ?? 0) - sent).toBeLessThan(single.info.lengthBytes - 300_000);
  });

  test('an unfinished one with its data leaves nothing behind', async () => {
    const world = peopled(single, 300_000);
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'downloading');
    await world.clock.pass(4_000);
    await world.do(world.engine.remove(id, true));
    expect(await world.records.all()).toEqual([]);
    expect(world.store.disk.hasTorrent(single.info.infoHash)).toBe(false);
    expect(world.swarm.current(single.info.infoHash)).toBeNull();
  });

  test('an address that is being fetched stops it', async () => {
    const world = new EngineWorld();
    world.serveTorrent(TORRENT_URL, withOrigin);
    const { id } = await world.do(world.engine.addLink(TORRENT_URL));
    await world.do(world.engine.remove(id, true));
    await world.clock.pass(10_000);
    expect(world.engine.views()).toEqual([]);
    expect(await world.records.all()).toEqual([]);
  });
});

describe('after a restart', () => {
  test.each([0, 50, 1_000, 4_000, 7_800, 8_500])('at %i ms everything goes on and nothing is lost', async (atMs) => {
    const world = peopled(single, 300_000);
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.clock.pass(atMs);
    await world.restart();
    await world.until(id, 'done');
    expect(isSaved(world, 'file.bin', single.payload)).toBe(true);
    expect(world.downloads.files.size).toBe(1);
    const [peer] = world.swarm.peersOf(single.info.infoHash);
    expect(peer?.sentBytes ?? 0).toBeLessThan(single.info.lengthBytes + 700_000);
  });

  test('what was paused is paused, with its figures', async () => {
    const world = peopled(single, 300_000);
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.clock.pass(4_000);
    await world.do(world.engine.pause(id));
    const before = world.view(id);
    await world.restart();
    expect(world.view(id)).toMatchObject({ state: before.state, verified: before.verified, name: 'file.bin' });
  });

  test('what is shown as paused stays so, also when it had still to let go of its files', async () => {
    const world = peopled(single, 300_000);
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.clock.pass(4_000);
    world.engine.pause(id).catch(() => undefined); // its disk is gone before it is over
    expect(world.view(id).state.phase).toBe('paused');
    await world.restart();
    await world.clock.pass(4_000);
    expect(world.view(id).state.phase).toBe('paused');
  });

  test('what is done stays done and is not saved again', async () => {
    const world = peopled();
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
    await world.restart();
    await world.clock.pass(10_000);
    expect(world.view(id).state.phase).toBe('done');
    expect(world.downloads.count).toBe(1);
    expect(world.notified).toEqual([id]);
  });

  test('an address that had not answered yet is fetched again', async () => {
    const world = new EngineWorld();
    world.store.serve(withOrigin, 'origin.test');
    world.serveTorrent(TORRENT_URL, withOrigin);
    await world.do(world.engine.addLink(TORRENT_URL));
    await world.restart();
    await world.until(idOf(withOrigin), 'done');
    expect(world.engine.views()).toHaveLength(1);
  });
});

describe('sharing', () => {
  test('is off until the user says so, and the copy is dropped once the file is saved', async () => {
    const world = peopled();
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'downloading');
    expect(world.swarm.current(single.info.infoHash)?.isSharing).toBe(false);
    await world.until(id, 'done');
    await world.clock.pass(1_000);
    expect(world.view(id).isSeeding).toBe(false);
    expect(world.swarm.current(single.info.infoHash)).toBeNull();
    expect(world.store.disk.hasTorrent(single.info.infoHash)).toBe(false);
    expect(world.engine.activity()).toEqual({ running: 0, busy: false });
  });

  test('on: verified pieces are announced, read for others, and seeded when done, also after a restart', async () => {
    const world = peopled();
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
    await world.clock.pass(1_000);
    const session = world.swarm.current(single.info.infoHash);
    expect(session?.isSharing).toBe(true);
    expect(session?.announced).toHaveLength(single.info.pieceCount);
    const bytes = await session?.events.read(3 as never, 100, 50);
    expect(bytes).toEqual(single.pieceBytes(3).slice(100, 150));
    session?.events.uploaded(50);
    expect(world.view(id)).toMatchObject({ isSeeding: true, uploadedBytes: 50 });
    expect(world.engine.activity()).toEqual({ running: 0, busy: true });

    await world.restart();
    await world.clock.pass(1_000);
    expect(world.view(id).isSeeding).toBe(true);
  });

  test('switched off while seeding leaves the swarm and drops the copy', async () => {
    const world = peopled();
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
    await world.clock.pass(1_000);
    await world.do(world.engine.setSettings({ sharing: 'download-only' }));
    await world.clock.pass(1_000);
    expect(world.view(id)).toMatchObject({ isSeeding: false, state: { phase: 'done' } });
    expect(world.swarm.current(single.info.infoHash)).toBeNull();
    expect(world.store.disk.hasTorrent(single.info.infoHash)).toBe(false);
  });

  test('switched on in the middle takes hold at once', async () => {
    const world = peopled(single, 300_000);
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'downloading');
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    expect(world.swarm.current(single.info.infoHash)?.isSharing).toBe(true);
  });
});

describe('a file of the user that is put into the store and adopted', () => {
  const put = (world: EngineWorld) =>
    world.do(
      putFile({
        root: world.store.disk,
        info: single.info,
        read: async (start, end) => single.payload.slice(start, end),
        hash,
        onProgress: () => undefined,
      }),
    );
  const adopt = (world: EngineWorld) => world.do(world.engine.adopt(single.made.torrentBytes));

  test('is seeded at once, also after a restart, and saved nowhere', async () => {
    const world = new EngineWorld();
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    await put(world);
    expect(await adopt(world)).toMatchObject({ id: idOf(single), wasThere: false });
    await world.clock.pass(1_000);
    expect(world.view(idOf(single))).toMatchObject({
      state: { phase: 'done' },
      isSeeding: true,
      saved: null,
      verified: { peerBytes: 0, originBytes: 0, hereBytes: single.info.lengthBytes },
    });
    const served = await world.swarm.current(single.info.infoHash)?.events.read(3 as never, 100, 50);
    expect(served).toEqual(single.pieceBytes(3).slice(100, 150));
    expect(world.downloads.files.size).toBe(0);
    expect(world.notified).toEqual([]);
    await world.restart();
    await world.clock.pass(1_000);
    expect(world.view(idOf(single)).isSeeding).toBe(true);
  });

  test('gives its space back when sharing is switched off, and can be put there again', async () => {
    const world = new EngineWorld();
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    await put(world);
    await adopt(world);
    await world.clock.pass(1_000);
    await world.do(world.engine.setSettings({ sharing: 'download-only' }));
    await world.clock.pass(1_000);
    expect(world.store.disk.hasTorrent(single.info.infoHash)).toBe(false);
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    await put(world);
    expect(await adopt(world)).toMatchObject({ id: idOf(single), wasThere: true });
    await world.clock.pass(1_000);
    expect(world.view(idOf(single)).isSeeding).toBe(true);
  });

  test('ends a download of the same torrent, which is saved as downloads are', async () => {
    const world = new EngineWorld();
    const { id } = await world.do(world.engine.addTorrent(single.made.torrentBytes));
    await world.until(id, 'downloading');
    await world.do(world.engine.pause(id));
    await put(world);
    await adopt(world);
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(isSaved(world, 'file.bin', single.payload)).toBe(true);
  });
});

describe('saving', () => {
  test('that the browser interrupts fails with its reason, and is tried again', async () => {
    const world = peopled();
    world.downloads.interruptsWith = 'FILE_NO_SPACE';
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    expect((await world.until(id, 'failed')).state).toMatchObject({ failure: { code: 'disk-full' } });
    world.downloads.interruptsWith = null;
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(isSaved(world, 'file.bin', single.payload)).toBe(true);
  });

  test('that the user cancels says so', async () => {
    const world = peopled();
    world.downloads.interruptsWith = 'USER_CANCELED';
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    expect((await world.until(id, 'failed')).state).toMatchObject({ failure: { code: 'save-cancelled' } });
  });

  test('ends also when the browser forgets to tell', async () => {
    const world = peopled();
    world.downloads.tells = false;
    const { id } = await world.do(world.engine.addLink(single.made.magnet()));
    await world.until(id, 'done');
  });
});
