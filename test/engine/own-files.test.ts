import { afterEach, describe, expect, test } from 'vitest';
import { putPieces } from '../../src/engine/store/put-pieces.ts';
import { lendStore, reseedTransfer, takeBackStore } from '../../src/engine/transfer/own-files.ts';
import type { FileIndex, TransferId } from '../../src/model/ids.ts';
import { ownBytesReader } from '../../src/own-files/read-own-bytes.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { hash, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const TRACKER = 'wss://tracker.test/announce';
const torrent = await smallTorrent({
  name: 'T',
  content: { 'a.bin': 300_000, 'sub/b.bin': 200_000 },
  announce: [TRACKER],
});
const { info } = torrent;
const id = info.infoHash as string as TransferId;
const own = (...files: number[]) => files as FileIndex[];

const transferOf = (world: EngineWorld) => {
  const transfer = world.engine.transfer(id);
  if (transfer === undefined) throw new Error('it is not there');
  return transfer;
};

/** What a page does meanwhile: the files that the user has, with these bytes. */
const putOwn = (world: EngineWorld, files: ReadonlyMap<number, Uint8Array>) => {
  const blobs = new Map([...files].map(([index, bytes]) => [index, new Blob([bytes as Uint8Array<ArrayBuffer>])]));
  const read = ownBytesReader(info, (index) => blobs.get(index));
  return world.do(putPieces({ root: world.store.disk, info, read, hash, onPiece: () => undefined }));
};

async function added(isPaused = false): Promise<EngineWorld> {
  const world = new EngineWorld();
  await world.do(world.engine.setSettings({ sharing: 'share' }));
  await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  if (isPaused) await world.do(world.engine.pause(id));
  await world.clock.pass(1_000);
  return world;
}

describe('files of the user', () => {
  test.each([true, false])(
    'make a transfer whole, which shares them and saves nothing (paused: %s)',
    async (isPaused) => {
      const world = await added(isPaused);
      expect(await world.do(lendStore(transferOf(world)))).toBe(true);
      await putOwn(
        world,
        new Map([
          [0, torrent.file(0)],
          [1, torrent.file(1)],
        ]),
      );
      await world.do(reseedTransfer(transferOf(world), own(0, 1)));
      await world.until(id, 'done');
      await world.clock.pass(100);
      expect(world.view(id)).toMatchObject({ isSeeding: true, isStored: true });
      expect(world.view(id).verified.hereBytes).toBe(info.lengthBytes);
      expect([...world.downloads.files]).toEqual([]);
      expect(world.notified).toEqual([]);
    },
  );

  test('are not fetched again: only the rest is, and only that is saved', async () => {
    const world = await added();
    world.peer(torrent, 'seed', { rateBytesPerS: 1_000_000 });
    await world.do(lendStore(transferOf(world)));
    await putOwn(world, new Map([[0, torrent.file(0)]]));
    await world.do(reseedTransfer(transferOf(world), own(0)));
    const { verified } = await world.until(id, 'done');
    const borderBytes = 10 * 32_768 - 300_000; // of piece 9, which nobody could try
    expect(verified.hereBytes).toBe(9 * 32_768);
    expect(verified.peerBytes).toBe(info.lengthBytes - 9 * 32_768);
    expect(borderBytes).toBeGreaterThan(0);
    expect([...world.downloads.files.keys()]).toEqual(['T/sub/b.bin']);
    expect(world.notified).toEqual([id]);
  });

  test('that are others leave nothing behind, and everything is fetched', async () => {
    const world = await added();
    world.peer(torrent, 'seed', { rateBytesPerS: 1_000_000 });
    await world.do(lendStore(transferOf(world)));
    await putOwn(world, new Map([[0, new Uint8Array(300_000).fill(7)]]));
    await world.do(reseedTransfer(transferOf(world), []));
    const { verified } = await world.until(id, 'done');
    expect(verified.peerBytes).toBe(info.lengthBytes);
    expect([...world.downloads.files.keys()].sort()).toEqual(['T/a.bin', 'T/sub/b.bin']);
  });

  test('bring back the copy of a transfer that is saved', async () => {
    const world = await added();
    const peer = world.peer(torrent, 'seed', { rateBytesPerS: 1_000_000 });
    await world.until(id, 'done');
    await world.do(world.engine.data.dropCopy(id));
    expect(world.view(id)).toMatchObject({ isStored: false, isSeeding: false });
    peer.drop();
    const saved = world.downloads.files.size;
    await world.do(lendStore(transferOf(world)));
    await putOwn(
      world,
      new Map([
        [0, torrent.file(0)],
        [1, torrent.file(1)],
      ]),
    );
    await world.do(reseedTransfer(transferOf(world), own(0, 1)));
    await world.until(id, 'done');
    await world.clock.pass(100);
    expect(world.view(id)).toMatchObject({ isStored: true, isSeeding: true });
    expect(world.downloads.files.size).toBe(saved);
  });
});

test('while it is lent nothing runs, whatever is asked; then it goes on', async () => {
  const world = await added();
  const transfer = transferOf(world);
  await world.do(lendStore(transfer));
  await world.do(world.engine.resume(id));
  await world.do(world.engine.setPolicy(id, 'balanced'));
  await world.clock.pass(1_000);
  expect(transfer.run).toBeNull();
  world.peer(torrent, 'seed', { rateBytesPerS: 1_000_000 });
  await world.do(takeBackStore(transfer));
  await world.until(id, 'done');
});

test('one that was not lent is not disturbed by taking it back', async () => {
  const world = await added();
  const { run } = transferOf(world);
  await world.do(takeBackStore(transferOf(world)));
  await world.do(reseedTransfer(transferOf(world), own(0)));
  expect(transferOf(world).run).toBe(run);
});

test('one whose metadata is not known cannot be lent', async () => {
  const world = new EngineWorld();
  await world.do(world.engine.addLink(torrent.made.magnet()));
  expect(await world.do(lendStore(transferOf(world)))).toBe(false);
});

test('what lay aside of a file that was not wanted is not lost to pages', async () => {
  const world = new EngineWorld();
  await world.do(world.engine.setSettings({ sharing: 'share' }));
  world.peer(torrent, 'seed', { rateBytesPerS: 1_000_000 });
  await world.do(world.engine.addLink(`${torrent.made.magnet()}&so=0`));
  world.swarm.knows(torrent.info.infoHash, torrent.info.infoBytes);
  await world.until(id, 'done'); // a.bin, with the border piece whose other bytes lie aside
  await world.do(lendStore(transferOf(world)));
  await putOwn(world, new Map([[1, torrent.file(1)]]));
  await world.do(reseedTransfer(transferOf(world), []));
  await world.until(id, 'done');
  expect(Buffer.compare(world.store.disk.contentOf(id, 'file-1') ?? new Uint8Array(), torrent.file(1))).toBe(0);
});
