import { afterEach, describe, expect, test } from 'vitest';
import { putFile, SourceChangedError } from '../../../src/engine/store/put-file.ts';
import { DiskFull, MemoryDisk, PowerLost } from '../../support/simulation/memory-disk.ts';
import { seededChance } from '../../support/simulation/seeded-chance.ts';
import { hash, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { StoreWorld } from '../../support/simulation/store-world.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const torrent = await smallTorrent({ content: 500_000 });
const { info, payload } = torrent;

const put = (root: MemoryDisk, source = payload) => {
  const reads: number[] = [];
  const progress: number[] = [];
  const done = putFile({
    root,
    info,
    read: async (start, end) => {
      reads.push(start);
      return source.slice(start, end) as Uint8Array<ArrayBuffer>;
    },
    hash,
    onProgress: (bytes) => progress.push(bytes),
  });
  return { done, reads, progress };
};

// Not toEqual: it takes seconds for half a million bytes.
const isStored = (disk: MemoryDisk) =>
  Buffer.compare(disk.contentOf(info.infoHash, 'file-0') ?? new Uint8Array(), payload) === 0;

describe('a file of the user in the store', () => {
  test('has all its pieces, found here', async () => {
    const world = new StoreWorld();
    const { done, progress } = put(world.disk);
    await world.clock.untilSettled(done);
    expect(isStored(world.disk)).toBe(true);
    expect(progress).toHaveLength(info.pieceCount);
    expect(progress.at(-1)).toBe(info.lengthBytes);
    const { session } = await world.open(info);
    expect([...session.marks].every((mark) => mark === 255)).toBe(true);
  });

  test('is not read again where it is there already', async () => {
    const disk = new MemoryDisk();
    await put(disk).done;
    const { done, reads } = put(disk);
    await done;
    expect(reads).toEqual([]);
  });

  test('that was changed meanwhile is refused', async () => {
    const changed = payload.slice();
    changed[400_000] = (changed[400_000] ?? 0) ^ 1;
    const { done } = put(new MemoryDisk(), changed);
    await expect(done).rejects.toBeInstanceOf(SourceChangedError);
  });

  test('that does not fit says so, and lets go of its files', async () => {
    const disk = new MemoryDisk();
    disk.roomBytes = 100_000;
    await expect(put(disk).done).rejects.toBeInstanceOf(DiskFull);
    disk.roomBytes = Number.POSITIVE_INFINITY;
    await put(disk).done;
    expect(isStored(disk)).toBe(true);
  });

  test.each([3, 8, 14, 20, 23])('is whole or not believed when the power fails at operation %i', async (operations) => {
    const disk = new MemoryDisk();
    disk.operationsLeft = operations;
    await expect(put(disk).done).rejects.toBeInstanceOf(PowerLost);
    const world = new StoreWorld(disk.afterPowerCut(seededChance(operations)));
    const { session } = await world.open(info);
    for (const [piece, mark] of session.marks.entries()) {
      if (mark === 0) continue;
      const bytes = await world.clock.untilSettled(session.read(piece as never, 0, torrent.pieceBytes(piece).length));
      expect(bytes).toEqual(torrent.pieceBytes(piece));
    }
  });
});
