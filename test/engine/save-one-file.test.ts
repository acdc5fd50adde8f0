import { afterEach, describe, expect, test } from 'vitest';
import type { FileIndex, TransferId } from '../../src/model/ids.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const TRACKER = 'wss://tracker.test/announce';
const torrent = await smallTorrent({ name: 'folder', content: { a: 100_000, b: 900_000 }, announce: [TRACKER] });
const { info } = torrent;
const id = info.infoHash as string as TransferId;
const [A, B] = [0, 1] as FileIndex[] as [FileIndex, FileIndex];

afterEach(giveTimersBack);

/** A slow download in which the first file comes first and is whole, and the other is not. */
async function withOneWhole(): Promise<EngineWorld> {
  const world = new EngineWorld();
  world.swarm.knows(info.infoHash, info.infoBytes);
  world.peer(torrent, 'seed', { rateBytesPerS: 100_000 });
  const magnet = `magnet:?xt=urn:btih:${info.infoHash}&dn=folder&tr=${encodeURIComponent(TRACKER)}`;
  await world.do(world.engine.addLink(magnet));
  await world.until(id, 'downloading');
  await world.do(world.engine.setFiles(id, [{ files: [A], priority: 'first' }]));
  for (let second = 0; second < 120 && !(await isWhole(world, A)); second++) await world.do(later(world));
  return world;
}

const later = (world: EngineWorld) => new Promise<void>((resolve) => world.clock.after(250, resolve));
const files = async (world: EngineWorld) => (await world.do(world.engine.files(id))) ?? [];
const isWhole = async (world: EngineWorld, file: FileIndex) => {
  const view = (await files(world))[file];
  return view !== undefined && view.hereBytes === view.lengthBytes;
};

describe('one file that is whole', () => {
  test('is saved while the rest is fetched, and not a second time at the end', async () => {
    const world = await withOneWhole();
    expect(world.view(id).state.phase).toBe('downloading');
    expect(await world.do(world.engine.data.saveFile(id, A))).toBe(true);
    expect([...world.downloads.files.keys()]).toEqual(['folder/a']);
    expect(Buffer.compare(world.downloads.files.get('folder/a') as Uint8Array, torrent.file(A))).toBe(0);
    expect((await files(world))[A]).toMatchObject({ isSaved: true, downloadId: expect.any(Number) });
    await world.until(id, 'done');
    expect([...world.downloads.files.keys()].sort()).toEqual(['folder/a', 'folder/b']);
  });

  test('gets one folder with another that is saved at the same moment', async () => {
    const world = await withOneWhole();
    const { data } = world.engine;
    expect(await world.do(Promise.all([data.saveFile(id, A), data.saveFile(id, A)]))).toEqual([true, true]);
    expect([...world.downloads.files.keys()]).toEqual(['folder/a']);
  });
});

test.each([
  ['a file that is not whole', B],
  ['a file that is none of the torrent', 7 as FileIndex],
])('%s is not saved', async (_name, file) => {
  const world = await withOneWhole();
  expect(await world.do(world.engine.data.saveFile(id, file))).toBe(false);
  expect(world.downloads.files.size).toBe(0);
});

test('nothing is saved of a transfer that is paused or not there', async () => {
  const world = await withOneWhole();
  await world.do(world.engine.pause(id));
  expect(await world.do(world.engine.data.saveFile(id, A))).toBe(false);
  expect(await world.do(world.engine.data.saveFile('0'.repeat(40) as TransferId, A))).toBe(false);
});
