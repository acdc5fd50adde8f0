import { afterEach, describe, expect, test } from 'vitest';
import { keepCopy } from '../../src/engine/transfer/drop-copy.ts';
import type { TransferId } from '../../src/model/ids.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const ORIGIN = 'http://origin.test/';
const TRACKER = 'wss://tracker.test/announce';
const made = (seed: number, content: number) =>
  smallTorrent({ seed, name: `${seed}.bin`, content, urlList: [ORIGIN], announce: [TRACKER] });
const [first, second, third] = await Promise.all([made(1, 300_000), made(2, 100_000), made(3, 500_000)]);
const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;
const nobody = () => false;
/** Bytes of a torrent's directory: its file, and a journal of 32 bytes and one a piece. */
const storedBytes = ({ info }: SmallTorrent) => info.lengthBytes + 32 + info.pieceCount;

async function sharing(...torrents: readonly SmallTorrent[]): Promise<EngineWorld> {
  const world = new EngineWorld();
  await world.do(world.engine.setSettings({ sharing: 'share' }));
  for (const torrent of torrents) {
    world.store.serve(torrent);
    await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
    await world.until(idOf(torrent), 'done');
  }
  return world;
}

/** Takes a transfer off the list whose pieces are kept: it was not finished. */
async function hide(world: EngineWorld, torrent: SmallTorrent): Promise<void> {
  world.store.serve(torrent);
  world.store.web.server('origin.test').rateBytesPerS = 100_000;
  await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  await world.clock.runUntil(() => world.view(idOf(torrent)).verified.originBytes > 0, 60_000);
  await world.do(world.engine.remove(idOf(torrent), false));
}

describe('what the store holds', () => {
  test('is told by transfer, the largest first, with what belongs to nobody', async () => {
    const world = await sharing(second, first);
    await hide(world, third);
    world.store.disk.tamper('f'.repeat(40), 'file-0', new Uint8Array(777));
    const use = await world.do(world.engine.data.storeUse());
    expect(use.transfers).toEqual([
      { id: idOf(first), name: '1.bin', bytes: storedBytes(first), isSaved: true },
      { id: idOf(second), name: '2.bin', bytes: storedBytes(second), isSaved: true },
    ]);
    const hiddenBytes = use.strays.bytes - 777;
    expect(use.strays.count).toBe(2);
    expect(hiddenBytes).toBeGreaterThan(32_768);
    expect(use.usedBytes).toBe(storedBytes(first) + storedBytes(second) + use.strays.bytes);
  });

  test('is cleaned of what belongs to nobody, and of nothing else', async () => {
    const world = await sharing(first);
    await hide(world, third);
    world.store.disk.tamper('f'.repeat(40), 'file-0', new Uint8Array(777));
    const { strays } = await world.do(world.engine.data.storeUse());
    expect(await world.do(world.engine.data.cleanStore(nobody))).toBe(strays.bytes);
    const after = await world.do(world.engine.data.storeUse());
    expect(after).toMatchObject({ usedBytes: storedBytes(first), strays: { count: 0, bytes: 0 } });
    expect(after.transfers.map(({ id }) => id)).toEqual([idOf(first)]);
    expect(await world.records.info(idOf(third))).toBeNull();
    expect((await world.records.all()).map(({ id }) => id)).toEqual([idOf(first)]);
    expect(world.view(idOf(first)).isSeeding).toBe(true);
  });

  test('keeps what a page is at work in', async () => {
    const world = await sharing();
    world.store.disk.tamper('f'.repeat(40), 'file-0', new Uint8Array(777));
    expect(await world.do(world.engine.data.cleanStore((name) => name.startsWith('f')))).toBe(0);
    expect(world.store.disk.hasTorrent('f'.repeat(40))).toBe(true);
  });

  test.each([0, 1, 2, 3, 5, 8, 13, 30])(
    'is whole for one that is added again during the cleaning (turn %i)',
    async (turns) => {
      const world = await sharing();
      await hide(world, third);
      world.store.web.server('origin.test').rateBytesPerS = 100_000_000;
      const cleaning = world.engine.data.cleanStore(nobody);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      const adding = world.engine.addTorrent(third.made.torrentBytes);
      await world.do(Promise.all([cleaning, adding]));
      await world.until(idOf(third), 'done');
      expect(Buffer.compare(world.downloads.files.get('3.bin') ?? new Uint8Array(), third.payload)).toBe(0);
      expect(await world.records.info(idOf(third))).not.toBeNull();
      expect((await world.records.all()).map(({ id }) => id)).toEqual([idOf(third)]);
    },
  );
});

describe('a copy', () => {
  test('is dropped on demand, and nothing of it is left', async () => {
    const world = await sharing(first);
    expect(await world.do(world.engine.data.dropCopy(idOf(first)))).toBe(true);
    expect(world.view(idOf(first))).toMatchObject({ state: { phase: 'done' }, isStored: false, isSeeding: false });
    expect(world.store.disk.hasTorrent(idOf(first))).toBe(false);
    expect(await world.do(world.engine.data.dropCopy(idOf(first)))).toBe(false);
    await world.restart();
    expect(world.view(idOf(first))).toMatchObject({ state: { phase: 'done' }, isStored: false });
  });

  test('is not what a transfer has that is not finished', async () => {
    const world = await sharing();
    world.store.serve(third);
    world.store.web.server('origin.test').rateBytesPerS = 100_000;
    await world.do(world.engine.addTorrent(third.made.torrentBytes));
    await world.clock.runUntil(() => world.view(idOf(third)).verified.originBytes > 0, 60_000);
    expect(await world.do(world.engine.data.dropCopy(idOf(third)))).toBe(false);
    await world.until(idOf(third), 'done');
  });

  test('is kept or not by the word of its transfer, also over a restart', async () => {
    const world = await sharing(first);
    const transfer = world.engine.transfer(idOf(first));
    if (transfer === undefined) throw new Error('it is not there');
    await world.do(keepCopy(transfer, true));
    expect(world.view(idOf(first)).keepsCopy).toBe(true);
    await world.restart();
    expect(world.view(idOf(first))).toMatchObject({ keepsCopy: true, isStored: true });
  });
});
