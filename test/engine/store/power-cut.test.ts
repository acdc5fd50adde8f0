import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { MISSING } from '../../../src/engine/store/journal.ts';
import { gatherWrites, WriteBuffers } from '../../../src/platform/browser/gather-writes.ts';
import { MemoryDisk } from '../../support/simulation/memory-disk.ts';
import { seededChance } from '../../support/simulation/seeded-chance.ts';
import { smallTorrent, truePieces } from '../../support/simulation/small-torrent.ts';
import { type OpenStore, StoreWorld } from '../../support/simulation/store-world.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const torrent = await smallTorrent({
  name: 'folder',
  pieceLengthBytes: 16_384,
  content: { 'a.bin': 40_000, 'empty.txt': 0, 'b.bin': 100, 'c.bin': 50_000 },
  padsFiles: true,
});
const { info } = torrent;

afterEach(giveTimersBack);

type Step =
  | { readonly kind: 'piece'; readonly piece: number }
  | { readonly kind: 'run'; readonly startPiece: number; readonly pieces: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('piece' as const), piece: fc.nat(info.pieceCount - 1) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      startPiece: fc.nat(info.pieceCount - 1),
      pieces: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(0, 50, 300, 1_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
);

/** Works until the power fails or the work is done. Returns the pieces that the store has called safe. */
async function work(world: StoreWorld, steps: readonly Step[]): Promise<Set<number>> {
  const origin = world.serve(torrent);
  const told = new Set<number>();
  let store: OpenStore | null = null;
  let runs = 0;
  try {
    store = await world.open(info);
    for (const next of steps) {
      if (next.kind === 'piece') store.putPiece(torrent, next.piece);
      if (next.kind === 'wait') await world.clock.pass(next.ms);
      if (next.kind === 'run') {
        runs += 1;
        store.startRun(runs, origin, next.startPiece, Math.min(next.startPiece + next.pieces, info.pieceCount));
      }
      if (next.kind === 'reopen') {
        await store.close();
        for (const piece of store.verified()) told.add(piece);
        store = await world.open(info);
      }
    }
    await store.close();
  } catch {
    // The power failed while the store was being opened or closed.
  }
  for (const piece of store?.verified() ?? []) told.add(piece);
  return told;
}

/** All files of the torrent end to end as the disk has them. */
function payloadOn(disk: MemoryDisk): Uint8Array {
  const payload = new Uint8Array(info.lengthBytes);
  for (const file of info.files) {
    const content = disk.contentOf(info.infoHash, `file-${file.index}`) ?? new Uint8Array();
    payload.set(content.subarray(0, file.lengthBytes), file.startByte);
  }
  return payload;
}

/** As in Chromium, and as in Firefox, where what was written may still be gathered. */
const disks = {
  'written at once': () => new MemoryDisk(),
  'written together': () => {
    const buffers = new WriteBuffers();
    return new MemoryDisk((file) => gatherWrites(file, buffers));
  },
};
const eachDisk = test.each(Object.entries(disks));

eachDisk(
  '%s: whenever the power fails, all that is marked is there, and all that was told is marked',
  async (_, disk) => {
    let cuts = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        fc.nat(70),
        fc.nat(),
        async (steps, at, seed) => {
          const before = new StoreWorld(disk());
          before.disk.operationsLeft = at;
          const told = await work(before, steps);
          if (before.disk.operationsLeft === 0) cuts += 1;

          const after = new StoreWorld(before.disk.afterPowerCut(seededChance(seed)));
          const { session } = await after.open(info);
          const there = truePieces(info, payloadOn(after.disk));
          const marked = new Set([...session.marks].flatMap((mark, piece) => (mark === MISSING ? [] : [piece])));
          expect([...marked].filter((piece) => !there.has(piece as never))).toEqual([]);
          expect([...told].filter((piece) => !marked.has(piece))).toEqual([]);
        },
      ),
      { seed: 1, numRuns: 250 },
    );
    expect(cuts).toBeGreaterThan(50);
  },
);

eachDisk(
  '%s: whenever the disk is full, all that is marked is there, and the rest can be fetched later',
  async (_, disk) => {
    let full = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        fc.nat(info.lengthBytes),
        async (steps, room) => {
          const world = new StoreWorld(disk());
          world.disk.roomBytes = 200 + room;
          const told = await work(world, steps);
          world.disk.roomBytes = Number.POSITIVE_INFINITY;
          const store = await world.open(info);
          const there = truePieces(info, payloadOn(world.disk));
          const marked = [...store.session.marks].flatMap((mark, piece) => (mark === MISSING ? [] : [piece]));
          expect(marked.filter((piece) => !there.has(piece as never))).toEqual([]);
          expect([...told].filter((piece) => !marked.includes(piece))).toEqual([]);
          if (world.disk.refused > 0) full += 1;
          for (const [piece, mark] of store.session.marks.entries())
            if (mark === MISSING) store.putPiece(torrent, piece);
          await store.close();
          expect(Buffer.compare(payloadOn(world.disk), torrent.payload)).toBe(0);
        },
      ),
      { seed: 1, numRuns: 150 },
    );
    expect(full).toBeGreaterThan(10);
  },
);

eachDisk('%s: after any power cut the rest can be fetched and the files are whole', async (_, disk) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), fc.nat(60), fc.nat(), async (steps, at, seed) => {
      const before = new StoreWorld(disk());
      before.disk.operationsLeft = at;
      await work(before, steps);
      const after = new StoreWorld(before.disk.afterPowerCut(seededChance(seed)));
      const store = await after.open(info);
      for (const [piece, mark] of store.session.marks.entries()) if (mark === MISSING) store.putPiece(torrent, piece);
      await store.close();
      expect(Buffer.compare(payloadOn(after.disk), torrent.payload)).toBe(0);
      expect((await after.open(info)).session.marks).not.toContain(MISSING);
    }),
    { seed: 1, numRuns: 80 },
  );
});
