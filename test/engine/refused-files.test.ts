import { afterEach, describe, expect, test } from 'vitest';
import type { TransferId } from '../../src/model/ids.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import type { WebServer } from '../support/simulation/memory-web.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const ORIGIN = 'archive.test';
const PIECE = 32_768;
/** Files end with pieces, so that none shares one with its neighbour. */
const NAMES = Array.from({ length: 12 }, (_, index) => `${String.fromCharCode(97 + index)}.bin`);

type Served = { readonly world: EngineWorld; readonly server: WebServer; readonly item: SmallTorrent };

/** A page to log in at, sent as a success: portals of hotels do so, and sites whose session is over. */
const LOGIN = { ignoresRange: true, headers: { 'content-type': 'text/html', 'content-length': '4321' } };

/** An item at one origin that answers some of its files with a status, or a page, as long as `refuses` says so. */
async function serve(names: readonly string[], refuses: (name: string, atMs: number) => number | 'page' | null) {
  const item = await smallTorrent({
    name: 'item',
    content: Object.fromEntries(names.map((name) => [name, 3 * PIECE])),
    urlList: [`http://${ORIGIN}/`],
  });
  const world = new EngineWorld();
  world.store.serve(item, ORIGIN);
  const server = world.store.web.server(ORIGIN);
  const startedAtMs = world.clock.nowMs();
  server.answer = ({ url, atMs }) => {
    const status = refuses(url.split('/').at(-1) ?? '', atMs - startedAtMs);
    return status === null ? null : status === 'page' ? LOGIN : { status };
  };
  return { world, server, item };
}

async function start({ world, item }: Served): Promise<TransferId> {
  return (await world.do(world.engine.addTorrent(item.made.torrentBytes))).id;
}

const savedNames = (world: EngineWorld) => [...world.downloads.files.keys()].map((path) => path.replace('item/', ''));
const asksFor = (server: WebServer, name: string) => server.requests.filter(({ url }) => url.endsWith(name)).length;

afterEach(giveTimersBack);

describe('a file that an origin refuses to hand out', () => {
  test.each([401, 403, 451, 'page'] as const)(
    'with %s is missing at the end, and the others are saved',
    async (status) => {
      const served = await serve(NAMES, (name) => (name === 'd.bin' ? status : null));
      const { world, server } = served;
      const view = await world.until(await start(served), 'done');
      expect(savedNames(world).sort()).toEqual(NAMES.filter((name) => name !== 'd.bin'));
      expect(view.problems).toEqual([{ code: 'files-unavailable', files: ['d.bin'], count: 1, saved: 11 }]);
      expect(asksFor(server, 'd.bin')).toBeLessThanOrEqual(3);
    },
  );

  test('does not hold the others up', async () => {
    const served = await serve(NAMES, (name) => (name === 'a.bin' ? 403 : null));
    const { world } = served;
    const id = await start(served);
    await world.clock.pass(5_000);
    expect(world.view(id).verified.originBytes).toBe(11 * 3 * PIECE);
  });

  test('is one of five private ones side by side', async () => {
    const served = await serve(NAMES, (name) => (name >= 'e' && name < 'j' ? 403 : null));
    const { world } = served;
    await world.until(await start(served), 'done');
    expect(savedNames(world)).toHaveLength(7);
  });

  test('is the last one missing: it is asked for once more a minute later, for a ban looks the same', async () => {
    const until = { ms: 0 };
    const refuses = (name: string, atMs: number) => (name === 'l.bin' && atMs < until.ms ? 403 : null);
    const served = await serve(NAMES.slice(0, 2).concat('l.bin'), refuses);
    served.server.rateBytesPerS = 100_000; // one run after the other, the last file at the end
    until.ms = 30_000;
    const { world, server } = served;
    const view = await world.until(await start(served), 'done');
    expect([savedNames(world).length, view.problems]).toEqual([3, []]);
    expect(asksFor(server, 'l.bin')).toBe(2);
  });
});

describe('an origin that refuses everything', () => {
  test('is waited for, and named; no file of it is given up', async () => {
    const served = await serve(NAMES, () => 403);
    const { world, server } = served;
    const id = await start(served);
    await world.clock.pass(50_000);
    expect(world.view(id).state.phase).toBe('downloading');
    expect(world.view(id).problems).toMatchObject([{ code: 'origin-failed', fault: 'forbidden', status: 403 }]);
    expect(server.requests.length).toBeLessThanOrEqual(3);
  });

  test.each([
    ['from the start', 403, 0],
    ['in the midst of it', 403, 600],
    ['from the start, with a page to log in at,', 'page', 0],
    ['in the midst of it, with a page to log in at,', 'page', 600],
  ] as const)('%s for three minutes brings everything when that is over', async (_name, refusal, fromMs) => {
    const served = await serve(NAMES, (_, atMs) => (atMs >= fromMs && atMs < 180_000 ? refusal : null));
    served.server.rateBytesPerS = 400_000;
    const { world } = served;
    const view = await world.until(await start(served), 'done');
    expect(savedNames(world).sort()).toEqual(NAMES);
    expect(view.problems).toEqual([]);
  });

  test('with two files is one too: nothing of it has ever come', async () => {
    const names = NAMES.slice(0, 2);
    const served = await serve(names, (_, atMs) => (atMs < 45_000 ? 403 : null));
    const { world } = served;
    await world.until(await start(served), 'done');
    expect(savedNames(world).sort()).toEqual(names);
  });

  test('because it has none of the files yet is asked again, and brings them when they are there', async () => {
    const served = await serve(NAMES, (_, atMs) => (atMs < 240_000 ? 404 : null));
    const { world, server } = served;
    const id = await start(served);
    await world.clock.pass(200_000);
    expect(world.view(id).problems).toMatchObject([{ code: 'origin-failed', fault: 'not-found', status: 404 }]);
    expect(server.requests.length).toBeLessThan(60);
    const view = await world.until(id, 'done');
    expect(view.problems).toEqual([]);
    expect(savedNames(world).sort()).toEqual(NAMES);
  });
});
