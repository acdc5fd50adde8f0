import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { countMissing } from '../../../src/engine/store/journal.ts';
import type { FileIndex, OriginUrl, PieceIndex } from '../../../src/model/ids.ts';
import { DiskFull } from '../../support/simulation/memory-disk.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { type OpenStore, StoreWorld } from '../../support/simulation/store-world.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const PIECE = 32_768;
const content = { before: 1_000, wanted: 3 * PIECE, after: 1_000, small: 100 };
/** The pieces that hold bytes of `wanted`: 0 and 3 are shared with its neighbours. */
const torrentWith = (algorithm: string | null) =>
  smallTorrent({
    name: 'folder',
    content,
    ...(algorithm === null
      ? {}
      : { describe: (bytes: Uint8Array) => ({ [algorithm]: createHash(algorithm).update(bytes).digest('hex') }) }),
  });
const torrent = await torrentWith('sha1');
const { info } = torrent;
const WANTED = 1 as FileIndex;

afterEach(giveTimersBack);

async function storeWithInner(world: StoreWorld, of = torrent): Promise<OpenStore> {
  const store = await world.open(of.info);
  for (const piece of [1, 2]) store.putPiece(of, piece);
  await world.clock.pass(1_000);
  return store;
}

const vouch = (world: StoreWorld, { session }: OpenStore, origin: OriginUrl | null, file = WANTED) =>
  world.clock.untilSettled(session.vouch({ file, origin, fromFileStart: false }));

test.each(['md5', 'sha1', 'sha256'])(
  'a file is completed with its own bytes, and its %s vouches for it',
  async (kind) => {
    const of = await torrentWith(kind);
    const world = new StoreWorld();
    const origin = world.serve(of);
    const server = world.web.server('origin.test');
    for (const name of ['before', 'after']) server.files.delete(`/folder/${name}`);
    const store = await storeWithInner(world, of);
    expect(await vouch(world, store, origin)).toBe(true);
    expect(world.disk.contentOf(of.info.infoHash, 'file-1')).toEqual(Uint8Array.from(of.file(WANTED)));
    expect(server.requests.map(({ startByte, endByte }) => [startByte, endByte])).toEqual([
      [0, PIECE - 1_000],
      [3 * PIECE - 1_000, 3 * PIECE],
    ]);
  },
);

test('its bytes are on the disk, its pieces stay missing, and nobody is served from them', async () => {
  const world = new StoreWorld();
  const origin = world.serve(torrent);
  const store = await storeWithInner(world);
  expect(await vouch(world, store, origin)).toBe(true);
  const found = world.disk.afterPowerCut(() => 0); // what was not flushed is lost
  expect(found.contentOf(info.infoHash, 'file-1')).toEqual(Uint8Array.from(torrent.file(WANTED)));
  expect(countMissing(store.session.marks)).toBe(info.pieceCount - 2);
  await expect(store.session.read(0 as PieceIndex, 0, 16)).rejects.toThrow(RangeError);
});

test('it is found again after a restart without an origin, and not when its bytes are not there', async () => {
  const world = new StoreWorld();
  const origin = world.serve(torrent);
  const store = await storeWithInner(world);
  expect(await vouch(world, store, null)).toBe(false);
  expect(await vouch(world, store, origin)).toBe(true);
  await store.close();
  const again = await world.open(info);
  expect(await vouch(world, again, null)).toBe(true);
});

test.each<[string, (bytes: Uint8Array) => Uint8Array | null]>([
  ['has another length now', (bytes) => bytes.subarray(1)],
  ['is not there', () => null],
  ['has other bytes', (bytes) => Uint8Array.from(bytes, (byte, at) => (at === 0 ? byte ^ 1 : byte))],
])('a file that %s is not vouched for', async (_name, change) => {
  const world = new StoreWorld();
  const origin = world.serve(torrent);
  const changed = change(torrent.file(WANTED));
  const { files } = world.web.server('origin.test');
  if (changed === null) files.delete('/folder/wanted');
  else files.set('/folder/wanted', changed);
  const store = await storeWithInner(world);
  expect(await vouch(world, store, origin)).toBe(false);
  expect(store.of('failed')).toEqual([]);
});

test('a file without a hash, or one that the torrent does not have, is not vouched for', async () => {
  const world = new StoreWorld();
  const of = await torrentWith(null);
  const origin = world.serve(of);
  const store = await storeWithInner(world, of);
  expect(await vouch(world, store, origin)).toBe(false);
  expect(await vouch(world, store, origin, 99 as FileIndex)).toBe(false);
});

test('verified pieces are not written over by bytes that nobody has verified', async () => {
  const world = new StoreWorld();
  const origin = world.serve(torrent);
  world.web.server('origin.test').files.set('/folder/wanted', new Uint8Array(3 * PIECE));
  const store = await storeWithInner(world);
  world.web.server('origin.test').latencyMs = 500;
  const vouching = store.session.vouch({ file: WANTED, origin, fromFileStart: false });
  store.putPiece(torrent, 0); // a peer comes with it while the origin is asked
  expect(await world.clock.untilSettled(vouching)).toBe(false);
  await world.clock.pass(1_000);
  expect(store.verified()).toEqual([0, 1, 2]);
  const stored = world.disk.contentOf(info.infoHash, 'file-1')?.subarray(0, PIECE - 1_000);
  expect(stored).toEqual(Uint8Array.from(torrent.file(WANTED).subarray(0, PIECE - 1_000)));
});

test('closing ends it, and a full disk is no answer', async () => {
  const world = new StoreWorld();
  const origin = world.serve(torrent);
  const store = await storeWithInner(world);
  world.disk.roomBytes = 0;
  await expect(vouch(world, store, origin)).rejects.toThrow(DiskFull);
  world.disk.roomBytes = Number.POSITIVE_INFINITY;
  world.web.server('origin.test').answer = () => ({ stallsAfterBytes: 100 });
  const vouching = store.session.vouch({ file: WANTED, origin, fromFileStart: false });
  await world.clock.pass(100);
  await store.close();
  expect(await vouching).toBe(false);
});
