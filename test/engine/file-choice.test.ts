import { afterEach, describe, expect, test } from 'vitest';
import type { FileIndex, TransferId } from '../../src/model/ids.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const PIECE = 32_768;
const TRACKER = 'wss://tracker.test/announce';
/** Pieces of 32 KiB: a in 0 to 3, b in 3 to 21, c in 21 to 24, d in 24 and 25. */
const torrent = await smallTorrent({
  name: 'folder',
  content: { a: 100_000, b: 600_000, c: 90_000, d: 50_000 },
  announce: [TRACKER],
  urlList: ['http://origin.test/'],
});
const { info } = torrent;
const id = info.infoHash as string as TransferId;
const [A, B, C, D] = [0, 1, 2, 3] as FileIndex[] as [FileIndex, FileIndex, FileIndex, FileIndex];

afterEach(giveTimersBack);

function served(): EngineWorld {
  const world = new EngineWorld();
  world.store.serve(torrent, 'origin.test');
  return world;
}

const magnetFor = (so: string): string =>
  `magnet:?xt=urn:btih:${info.infoHash}&dn=folder&ws=${encodeURIComponent('http://origin.test/')}&so=${so}`;

/** The whole content of each file that was saved, by its last name, compared with what it should be. */
const saved = (world: EngineWorld): string[] =>
  [...world.downloads.files].map(([path, bytes]) => {
    const file = info.files.find((one) => path.endsWith(`/${one.path[0]}`));
    const isRight = file !== undefined && Buffer.compare(bytes, torrent.file(file.index)) === 0;
    return `${path.split('/').at(-1)} ${isRight ? 'right' : 'WRONG'}`;
  });

const bytesInStore = async (world: EngineWorld, of: RegExp): Promise<number> => {
  const sizes = await (await world.store.disk.directory(info.infoHash)).sizes();
  return [...sizes].filter(([name]) => of.test(name)).reduce((sum, [, bytes]) => sum + bytes, 0);
};

describe('a magnet that asks for some files (BEP 53)', () => {
  async function begun(so: string): Promise<EngineWorld> {
    const world = served();
    world.swarm.knows(info.infoHash, info.infoBytes);
    world.peer(torrent, 'seed', { rateBytesPerS: 400_000 });
    await world.do(world.engine.addLink(`${magnetFor(so)}&tr=${encodeURIComponent(TRACKER)}`));
    return world;
  }

  test('brings and saves those, and counts no others', async () => {
    const world = await begun('0,2');
    const view = await world.until(id, 'done');
    expect(saved(world).sort()).toEqual(['a right', 'c right']);
    expect(view).toMatchObject({ files: 2, sizeBytes: 8 * PIECE, saved: { files: 2 }, problems: [] });
    expect(view.verified.peerBytes + view.verified.originBytes).toBe(8 * PIECE);
  });

  test('brings all when it names no file of the torrent', async () => {
    const world = await begun('7-9');
    const view = await world.until(id, 'done');
    expect(view).toMatchObject({ files: 4, sizeBytes: info.lengthBytes });
    expect(saved(world)).toHaveLength(4);
  });

  test('adds its files to a transfer that is there', async () => {
    const world = await begun('0');
    await world.until(id, 'done');
    const { wasThere } = await world.do(world.engine.addLink(magnetFor('3')));
    expect(wasThere).toBe(true);
    const view = await world.until(id, 'done');
    expect(saved(world).sort()).toEqual(['a right', 'd right']);
    expect(view.saved).toMatchObject({ files: 2 });
  });
});

describe('choosing files', () => {
  async function paused(): Promise<EngineWorld> {
    const world = served();
    await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
    await world.do(world.engine.pause(id));
    return world;
  }

  test('an unwanted file takes no room but what its neighbours share with it', async () => {
    const world = await paused();
    await world.do(world.engine.setFiles(id, [{ files: [B, D], priority: 'skip' }]));
    await world.do(world.engine.setSettings({ sharing: 'share' })); // else the store is emptied at the end
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(saved(world).sort()).toEqual(['a right', 'c right']);
    expect(await bytesInStore(world, /^file-[13]$/)).toBe(0);
    expect(await bytesInStore(world, /^piece-/)).toBeLessThanOrEqual(3 * PIECE);
  });

  test('what lay aside comes home when its file is wanted after all: no shared piece is fetched twice', async () => {
    const world = await paused();
    await world.do(world.engine.setFiles(id, [{ files: [B], priority: 'skip' }]));
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    const before = world.view(id);
    expect(await world.do(world.engine.setFiles(id, [{ files: [B], priority: 'normal' }]))).toBe(true);
    const view = await world.until(id, 'done');
    expect(saved(world).sort()).toEqual(['a right', 'b right', 'c right', 'd right']);
    expect(view.sizeBytes).toBe(info.lengthBytes);
    expect(view.verified.originBytes).toBe(info.lengthBytes);
    expect(before.verified.originBytes).toBeLessThan(info.lengthBytes - 500_000);
  });

  test('a file that is wanted later, when the store has been emptied, brings no saved file again', async () => {
    const world = await paused();
    await world.do(world.engine.setFiles(id, [{ files: [A, B, C], priority: 'skip' }]));
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(saved(world)).toEqual(['d right']);
    await world.do(world.engine.setFiles(id, [{ files: [A], priority: 'normal' }]));
    const view = await world.until(id, 'done');
    expect(saved(world).sort()).toEqual(['a right', 'd right']);
    expect(view.verified.originBytes).toBeLessThanOrEqual(4 * PIECE);
    expect(view.sizeBytes).toBe(5 * PIECE + (info.lengthBytes % PIECE));
  });

  test('at least one file stays wanted', async () => {
    const world = await paused();
    expect(await world.do(world.engine.setFiles(id, [{ files: [A, B, C, D], priority: 'skip' }]))).toBe(false);
    expect((await world.do(world.engine.files(id)))?.map(({ priority }) => priority)).toEqual(Array(4).fill('normal'));
  });

  test('survives a restart of the browser', async () => {
    const world = await paused();
    await world.do(world.engine.setFiles(id, [{ files: [B, C, D], priority: 'skip' }]));
    await world.restart();
    expect((await world.do(world.engine.files(id)))?.map(({ priority }) => priority)).toEqual([
      'normal',
      'skip',
      'skip',
      'skip',
    ]);
  });

  test('the files that come first are whole before the others have begun in earnest', async () => {
    const world = await paused();
    world.store.web.server('origin.test').rateBytesPerS = 200_000;
    await world.do(world.engine.setFiles(id, [{ files: [C], priority: 'first' }]));
    await world.do(world.engine.resume(id));
    for (;;) {
      await world.clock.pass(50);
      const files = (await world.do(world.engine.files(id))) ?? [];
      if (files[C]?.hereBytes !== files[C]?.lengthBytes) continue;
      const others = files.filter(({ index }) => index !== C);
      expect(others.reduce((sum, { hereBytes }) => sum + hereBytes, 0)).toBeLessThan(250_000);
      break;
    }
    await world.until(id, 'done');
    expect(saved(world)).toHaveLength(4);
  });
});
