import { afterEach, describe, expect, test } from 'vitest';
import { recheckTransfer } from '../../src/engine/transfer/recheck.ts';
import type { TransferId } from '../../src/model/ids.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const TRACKER = 'wss://tracker.test/announce';
const ORIGIN = 'http://origin.test/';
const torrent = await smallTorrent({ content: 640_000, announce: [TRACKER], urlList: [ORIGIN] });
const { info, payload } = torrent;
const id = info.infoHash as string as TransferId;

/** A world that has all of the torrent, saved and shared. */
async function saved(world = new EngineWorld()): Promise<EngineWorld> {
  world.store.serve(torrent, 'origin.test');
  await world.do(world.engine.setSettings({ sharing: 'share' }));
  await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  await world.until(id, 'done');
  return world;
}

/** A world in which the torrent was paused with all but the last few of its pieces. */
async function paused(): Promise<EngineWorld> {
  const world = new EngineWorld();
  world.peer(torrent, 'some', { rateBytesPerS: 100_000 });
  await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  const hereBytes = () => world.view(id).verified.peerBytes;
  expect(await world.clock.runUntil(() => hereBytes() > 300_000, 60_000)).toBe(true);
  await world.do(world.engine.pause(id));
  return world;
}

/** Changes a byte of each of these pieces behind the store's back; nobody may have the file open. */
function corrupt(world: EngineWorld, pieces: readonly number[], of: SmallTorrent = torrent): void {
  const content = world.store.disk.contentOf(of.info.infoHash, 'file-0') ?? new Uint8Array();
  for (const piece of pieces) content[piece * 32_768 + 5] = (content[piece * 32_768 + 5] ?? 0) ^ 1;
  world.store.disk.tamper(of.info.infoHash, 'file-0', content);
}

function recheck(world: EngineWorld) {
  const transfer = world.engine.transfer(id);
  if (transfer === undefined) throw new Error('it is not there');
  return world.do(recheckTransfer(transfer));
}

const isWhole = (world: EngineWorld) =>
  Buffer.compare(world.store.disk.contentOf(id, 'file-0') ?? new Uint8Array(), payload) === 0;
// Not toEqual: it takes seconds for half a million bytes.
const isSaved = (world: EngineWorld) =>
  Buffer.compare(world.downloads.files.get('file.bin') ?? new Uint8Array(), payload) === 0;
const bytesOf = (world: EngineWorld) => {
  const { peerBytes, originBytes, hereBytes } = world.view(id).verified;
  return peerBytes + originBytes + hereBytes;
};

describe('a transfer that is paused', () => {
  test('is looked through, stays paused, and fetches what was found wrong when it goes on', async () => {
    const world = await paused();
    const before = bytesOf(world);
    const good = world.store.disk.contentOf(id, 'file-0')?.slice() ?? new Uint8Array();
    const isGood = (piece: number) =>
      Buffer.compare(good.subarray(piece * 32_768, (piece + 1) * 32_768), torrent.pieceBytes(piece)) === 0;
    const wrong = Array.from({ length: info.pieceCount - 1 }, (_, piece) => piece)
      .filter(isGood)
      .slice(1, 4);
    expect(wrong).toHaveLength(3);
    corrupt(world, wrong);
    expect(await recheck(world)).toBe('checking');
    await world.until(id, 'paused');
    expect(bytesOf(world)).toBe(before - wrong.length * 32_768);
    expect(world.swarm.current(id)).toBeNull();

    world.store.serve(torrent, 'origin.test');
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(isSaved(world)).toBe(true);
  });

  test('can go on in the middle of it, and everything is looked through all the same', async () => {
    const world = await paused();
    corrupt(world, [0]);
    await recheck(world);
    await world.do(world.engine.pause(id));
    world.store.serve(torrent, 'origin.test');
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(isSaved(world)).toBe(true);
  });
});

describe('a transfer that is saved', () => {
  test('has its copy put right, and neither saves nor tells anything again', async () => {
    const world = await saved();
    const files = world.downloads.files.size;
    expect(world.notified).toEqual([id]);
    corrupt(world, [3, 7]);
    expect(await recheck(world)).toBe('checking');
    await world.until(id, 'done');
    expect(isWhole(world)).toBe(true);
    expect(world.downloads.files.size).toBe(files);
    expect(world.notified).toEqual([id]);
    expect(world.view(id)).toMatchObject({ isSeeding: true, isStored: true });
    const session = world.swarm.current(id);
    expect(
      [...(session?.marks ?? [])].map((mark, piece) => mark !== 0 || session?.announced.includes(piece)),
    ).not.toContain(false);
  });

  test('goes on putting its copy right after a restart', async () => {
    const world = await saved();
    corrupt(world, [2]);
    await recheck(world);
    await world.restart();
    await world.until(id, 'done');
    expect(isWhole(world)).toBe(true);
    expect(world.notified).toEqual([id]);
  });

  test('leaves nothing behind when it is removed while its copy is put right', async () => {
    const world = await saved();
    corrupt(world, [2]);
    world.store.web.server('origin.test').answer = () => ({ isUnreachable: true });
    await recheck(world);
    await world.until(id, 'downloading');
    await world.do(world.engine.remove(id, false));
    expect(world.store.disk.hasTorrent(id)).toBe(false);
    expect([...world.downloads.files.keys()]).toEqual(['file.bin']);
    expect(await world.records.all()).toEqual([]);
  });

  test('says that there is no copy when it is gone', async () => {
    const world = await saved();
    await world.do(world.engine.setSettings({ sharing: 'download-only' }));
    await world.clock.runUntil(() => !world.view(id).isStored, 60_000);
    expect(await recheck(world)).toBe('no-copy');
    expect(world.view(id).state).toEqual({ phase: 'done' });
  });

  test('is found whole when it is', async () => {
    const world = await saved();
    const asked = world.store.web.server('origin.test').requests.length;
    await recheck(world);
    await world.until(id, 'done');
    expect(world.store.web.server('origin.test').requests).toHaveLength(asked);
    expect(world.view(id).verified).toMatchObject({ originBytes: info.lengthBytes });
  });
});

test('what runs goes on when it was looked through', async () => {
  const world = new EngineWorld();
  world.peer(torrent, 'some', { rateBytesPerS: 100_000 });
  await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  await world.clock.runUntil(() => bytesOf(world) > 300_000, 60_000);
  await recheck(world);
  await world.until(id, 'done');
  expect(isSaved(world)).toBe(true);
});

test('one that is not known yet has nothing to look at', async () => {
  const world = new EngineWorld();
  await world.do(world.engine.addLink(torrent.made.magnet()));
  expect(await recheck(world)).toBe('no-copy');
});
