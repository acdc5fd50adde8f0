import { afterEach, expect, test } from 'vitest';
import type { TransferId } from '../../src/model/ids.ts';
import { BY_HAND, type Provenance } from '../../src/model/provenance.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const TORRENT_URL = 'http://site.test/a.torrent';
const torrent = await smallTorrent({ name: 'a.bin', content: 3_000_000, urlList: ['http://origin.test/a.bin'] });
const id = torrent.info.infoHash as string as TransferId;
const PAGE: Provenance = { isLocal: false, site: 'page.test' };
const PRIVATE: Provenance = { ...PAGE, isPrivateWindow: true };

afterEach(giveTimersBack);

function privateWorld(): EngineWorld {
  const world = new EngineWorld();
  world.store.serve(torrent, 'origin.test');
  world.serveTorrent(TORRENT_URL, torrent);
  return world;
}
const isStored = (world: EngineWorld) => world.store.disk.hasTorrent(torrent.info.infoHash);

test('what a private window brought leaves no record and no piece; a file that was saved stays', async () => {
  const world = privateWorld();
  await world.do(world.engine.capture(TORRENT_URL, PRIVATE));
  await world.until(id, 'done');
  await world.do(world.engine.forgetPrivateWindows());
  expect(world.engine.views()).toEqual([]);
  expect(await world.records.all()).toEqual([]);
  expect(isStored(world)).toBe(false);
  expect([...world.downloads.files.keys()]).toEqual(['a.bin']);
});

test('an unfinished one leaves none either', async () => {
  const world = privateWorld();
  world.store.web.server('origin.test').rateBytesPerS = 500_000;
  await world.do(world.engine.capture(torrent.made.magnet({ exactSources: [TORRENT_URL] }), PRIVATE));
  await world.until(id, 'downloading');
  await world.clock.pass(3_000);
  expect(isStored(world)).toBe(true);
  await world.do(world.engine.forgetPrivateWindows());
  expect(await world.records.all()).toEqual([]);
  expect(await world.records.info(id)).toBeNull();
  expect(isStored(world)).toBe(false);
});

test('one that failed or waits for the user goes as well, and others stay', async () => {
  const world = privateWorld();
  await world.do(world.engine.setSettings({ askFirst: true }));
  await world.do(world.engine.capture('magnet:?xt=urn:btih:broken', PRIVATE));
  await world.do(world.engine.capture('http://nowhere.test/b.torrent', PRIVATE));
  await world.do(world.engine.capture(TORRENT_URL, PAGE));
  await world.until(id, 'choosing');
  expect(world.engine.views()).toHaveLength(3);
  await world.do(world.engine.forgetPrivateWindows());
  expect(world.engine.views().map((view) => view.id)).toEqual([id]);
});

test.each<[string, Provenance]>([
  ['by hand', BY_HAND],
  ['in an ordinary window', PAGE],
])('one that is added %s too is remembered', async (_name, from) => {
  const world = privateWorld();
  const magnet = torrent.made.magnet({ exactSources: [TORRENT_URL] });
  await world.do(world.engine.capture(magnet, PRIVATE));
  await world.until(id, 'done');
  await world.do(world.engine.capture(magnet, PRIVATE));
  expect((await world.records.all())[0]?.isPrivateWindow).toBe(true);
  await world.do(world.engine.capture(magnet, from));
  await world.do(world.engine.forgetPrivateWindows());
  expect(world.engine.views()).toHaveLength(1);
});

test('they are forgotten when the engine starts, before anything is asked', async () => {
  const world = privateWorld();
  world.store.web.server('origin.test').rateBytesPerS = 500_000;
  await world.do(world.engine.capture(TORRENT_URL, PRIVATE));
  await world.until(id, 'downloading');
  await world.clock.pass(3_000);
  const asked = world.store.web.server('origin.test').requests.length;
  await world.restart();
  expect(world.engine.views()).toEqual([]);
  expect(await world.records.all()).toEqual([]);
  expect(isStored(world)).toBe(false);
  expect(world.store.web.server('origin.test').requests).toHaveLength(asked);
});

test('they go on while a private window is open, when only the engine was started again', async () => {
  const world = privateWorld();
  world.store.web.server('origin.test').rateBytesPerS = 500_000;
  await world.do(world.engine.capture(TORRENT_URL, PRIVATE));
  await world.until(id, 'downloading');
  await world.restart({ hasPrivateWindow: true });
  await world.until(id, 'done');
});

test('what nobody clicked waits for the user, whatever the settings say, unless its site may start', async () => {
  const unasked: Provenance = { ...PAGE, isUnasked: true };
  const world = privateWorld();
  const magnet = torrent.made.magnet();
  expect(await world.do(world.engine.capture(magnet, unasked))).toMatchObject({ isStaged: true });
  await world.do(world.engine.remove(id, true));
  const { torrentBytes } = torrent.made;
  expect(await world.do(world.engine.addTorrent(torrentBytes, unasked))).toMatchObject({ isStaged: true });
  await world.do(world.engine.remove(id, true));
  await world.do(world.engine.setSettings({ startAtOnceSites: ['page.test'] }));
  expect(await world.do(world.engine.addTorrent(torrentBytes, unasked))).toMatchObject({ isStaged: false });
});

test('a .torrent that a public page brought leads nowhere inside', async () => {
  const sly = await smallTorrent({ seed: 3, content: 50_000, urlList: ['http://router.lan/x'] });
  const world = new EngineWorld();
  await world.do(world.engine.addTorrent(sly.made.torrentBytes, PAGE));
  await world.clock.pass(3_000);
  expect(world.engine.views()[0]?.problems).toContainEqual({ code: 'local-addresses-left-out', hosts: ['router.lan'] });
  expect(world.store.web.server('router.lan').requests).toEqual([]);
});
