import { afterEach, describe, expect, test } from 'vitest';
import type { FileIndex, TransferId } from '../../src/model/ids.ts';
import { BY_HAND, FROM_OUTSIDE, type Provenance } from '../../src/model/provenance.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const TRACKER = 'wss://tracker.test/announce';
const TORRENT_URL = 'http://site.test/get/file.torrent';
const torrent = await smallTorrent({
  name: 'folder',
  content: { a: 100_000, b: 200_000 },
  announce: [TRACKER],
  urlList: ['http://origin.test/', 'http://silent.test/'],
});
const id = torrent.info.infoHash as string as TransferId;
const PAGE: Provenance = { isLocal: false, site: 'page.test' };

afterEach(giveTimersBack);

async function asking(): Promise<EngineWorld> {
  const world = new EngineWorld();
  await world.do(world.engine.setSettings({ askFirst: true }));
  world.store.serve(torrent, 'origin.test');
  world.store.web.server('silent.test').answer = () => ({ isUnreachable: true });
  world.swarm.knows(torrent.info.infoHash, torrent.info.infoBytes);
  world.peer(torrent, 'seed');
  return world;
}

const bytesAsked = (world: EngineWorld): number => world.store.web.server('origin.test').sentBytes;

describe('before anything starts', () => {
  test('a magnet shows its files and who has them, and brings no piece', async () => {
    const world = await asking();
    const added = await world.do(world.engine.capture(torrent.made.magnet(), PAGE));
    expect(added).toEqual({ id, wasThere: false, isStaged: true });
    const view = await world.until(id, 'choosing');
    await world.clock.pass(20_000);
    expect(world.view(id)).toMatchObject({ isStaged: true, peersConnected: 1, files: 2 });
    expect(view.verified).toEqual({ peerBytes: 0, originBytes: 0, hereBytes: 0 });
    expect(bytesAsked(world)).toBeLessThanOrEqual(1);
    expect((await world.do(world.engine.files(id)))?.map(({ path }) => path)).toEqual([['a'], ['b']]);
  });

  test('several that wait share the one request at a time that their host is asked with', async () => {
    const world = await asking();
    const others = await Promise.all(
      ['c', 'd', 'e'].map((name) => smallTorrent({ name, content: 50_000, urlList: ['http://shared.test/'] })),
    );
    const server = world.store.web.server('shared.test');
    server.latencyMs = 700;
    for (const other of others) world.store.serve(other, 'shared.test');
    for (const { made } of others) await world.do(world.engine.addTorrent(made.torrentBytes));
    await world.clock.pass(20_000);
    const views = world.engine.views();
    expect(views.map(({ originsUsable }) => originsUsable)).toEqual([1, 1, 1]);
    expect([server.requests.length, server.mostOpen]).toEqual([3, 1]);
    expect(views.map(({ ledger }) => ledger.wastedBytes.unwanted)).toEqual([1, 1, 1]);
  });

  test('the address of a .torrent leads there too', async () => {
    const world = await asking();
    world.serveTorrent(TORRENT_URL, torrent);
    expect(await world.do(world.engine.capture(TORRENT_URL, PAGE))).toMatchObject({ isStaged: true });
    await world.until(id, 'choosing');
    await world.clock.pass(20_000);
    expect(world.engine.views()).toHaveLength(1);
    expect(world.view(id)).toMatchObject({ originsUsable: 1 });
  });

  test('accepting starts it with what was chosen', async () => {
    const world = await asking();
    await world.do(world.engine.addLink(torrent.made.magnet()));
    await world.until(id, 'choosing');
    await world.do(world.engine.setFiles(id, [{ files: [1 as FileIndex], priority: 'skip' }]));
    expect(world.view(id)).toMatchObject({ state: { phase: 'choosing' }, files: 1 });
    await world.do(world.engine.accept(id, false));
    const view = await world.until(id, 'done');
    expect(view).toMatchObject({ isStaged: false, saved: { files: 1 } });
    expect([...world.downloads.files.keys()]).toEqual(['folder/a']);
    expect(world.swarm.sessions).toHaveLength(1); // the peers that it met while the user chose are kept
  });

  test('accepting paused adds it and waits', async () => {
    const world = await asking();
    await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
    await world.until(id, 'choosing');
    await world.do(world.engine.accept(id, true));
    await world.clock.pass(5_000);
    expect(world.view(id)).toMatchObject({ isStaged: false, state: { phase: 'paused' } });
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
  });

  test('accepting before the metadata is known starts as soon as it is', async () => {
    const world = await asking();
    world.serveTorrent(TORRENT_URL, torrent);
    const { id: adding } = await world.do(world.engine.capture(TORRENT_URL, PAGE));
    await world.do(world.engine.accept(adding, false));
    await world.until(id, 'done');
  });

  test('refusing leaves nothing behind', async () => {
    const world = await asking();
    await world.do(world.engine.addLink(torrent.made.magnet()));
    await world.until(id, 'choosing');
    await world.do(world.engine.remove(id, true));
    expect(world.engine.views()).toEqual([]);
    await world.restart();
    expect(world.engine.views()).toEqual([]);
  });

  test('what waits for a choice waits for it after a restart too', async () => {
    const world = await asking();
    await world.do(world.engine.addLink(torrent.made.magnet()));
    await world.until(id, 'choosing');
    await world.restart();
    await world.clock.pass(5_000);
    expect(world.view(id)).toMatchObject({ isStaged: true, state: { phase: 'choosing' } });
    expect(world.engine.activity()).toEqual({ running: 0, busy: false });
  });

  test('a link that another program opens our page with is asked about, whatever the settings', async () => {
    const world = await asking();
    await world.do(world.engine.setSettings({ askFirst: false }));
    expect(await world.do(world.engine.addLink(torrent.made.magnet(), FROM_OUTSIDE))).toMatchObject({ isStaged: true });
  });

  test.each<[string, Provenance, boolean]>([
    ['a site that may start at once', { isLocal: false, site: 'trusted.test' }, false],
    ['another site', PAGE, true],
    ['the user, by hand', BY_HAND, true],
  ])('%s: asked is %s', async (_name, from, isStaged) => {
    const world = await asking();
    await world.do(world.engine.setSettings({ startAtOnceSites: ['trusted.test'] }));
    expect(await world.do(world.engine.capture(torrent.made.magnet(), from))).toMatchObject({ isStaged });
  });
});

describe('a link of a public page that leads into the local network', () => {
  const inner =
    (from: Provenance, settings = {}) =>
    async (world: EngineWorld) => {
      await world.do(world.engine.setSettings({ askFirst: true, ...settings }));
      const trackers = ['wss://tracker.test/announce', 'ws://192.168.1.9:8000/', 'ws://printer.local/'];
      const link =
        `magnet:?xt=urn:btih:${torrent.info.infoHash}&ws=http%3A%2F%2F127.0.0.1%3A631%2F&ws=http%3A%2F%2Forigin.test%2F` +
        `&xs=http%3A%2F%2F10.0.0.1%2Fa.torrent${trackers.map((tr) => `&tr=${encodeURIComponent(tr)}`).join('')}`;
      await world.do(world.engine.capture(link, from));
      await world.clock.pass(3_000);
      return world.view(id);
    };

  test('asks none of its inner addresses, and says which', async () => {
    const world = new EngineWorld();
    const view = await inner(PAGE)(world);
    const leftOut = view.problems.find(({ code }) => code === 'local-addresses-left-out');
    expect(leftOut).toEqual({
      code: 'local-addresses-left-out',
      hosts: ['192.168.1.9', 'printer.local', '127.0.0.1', '10.0.0.1'],
    });
    expect(world.torrentRequests).toEqual([]);
    expect(world.swarm.sessions.flatMap(({ request }) => request.trackers)).toEqual(['wss://tracker.test/announce']);
  });

  test.each<[string, Provenance, object]>([
    ['by hand', BY_HAND, {}],
    ['from a page of the local network', { isLocal: true, site: '192.168.1.1' }, {}],
    ['when the user allows it', PAGE, { allowLocalAddresses: true }],
  ])('may do so %s', async (_name, from, settings) => {
    const world = new EngineWorld();
    const view = await inner(from, settings)(world);
    expect(view.problems.some(({ code }) => code === 'local-addresses-left-out')).toBe(false);
    expect(world.torrentRequests.map(({ url }) => url)).toContain('http://10.0.0.1/a.torrent');
  });

  test('is refused when it is the address of the .torrent itself', async () => {
    const world = new EngineWorld();
    await world.do(world.engine.capture('http://192.168.1.1/reboot?x=.torrent&y=/a.torrent', PAGE));
    await world.do(world.engine.capture('http://192.168.1.1/a.torrent', PAGE));
    expect(world.engine.views().some(({ state }) => state.phase === 'failed')).toBe(true);
    expect(world.engine.views().at(-1)?.state).toMatchObject({ phase: 'failed' });
    expect(world.torrentRequests).toEqual([]);
  });

  test('is not followed by a .torrent that the page leads to', async () => {
    const sly = await smallTorrent({
      seed: 9,
      content: 50_000,
      announce: ['ws://10.1.2.3/'],
      urlList: ['http://router.lan/x'],
    });
    const world = new EngineWorld();
    world.serveTorrent(TORRENT_URL, sly);
    await world.do(world.engine.capture(TORRENT_URL, PAGE));
    await world.clock.pass(3_000);
    const [view] = world.engine.views();
    expect(view?.problems).toContainEqual({ code: 'local-addresses-left-out', hosts: ['10.1.2.3', 'router.lan'] });
    expect(world.store.web.server('router.lan').requests).toEqual([]);
    expect(world.swarm.sessions).toEqual([]);
  });
});
