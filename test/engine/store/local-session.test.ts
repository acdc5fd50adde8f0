import { afterEach, describe, expect, test } from 'vitest';
import { bytesOfMark, MISSING, WAS_HERE } from '../../../src/engine/store/journal.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { OriginUrl, PieceIndex } from '../../../src/model/ids.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { StoreWorld } from '../../support/simulation/store-world.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const PIECE = 32_768;
const single = await smallTorrent({ content: 8 * PIECE + 5_000 });
const multi = await smallTorrent({
  name: 'folder',
  content: { 'a.bin': 50_000, 'empty.txt': 0, 'sub/b.bin': 20_000, 'c.bin': 3 * PIECE, 'end.txt': 0 },
  padsFiles: true,
});

afterEach(giveTimersBack);

/** Long enough for anything to be written, flushed and told. */
const A_WHILE_MS = 60_000;

const countMarks = (marks: Uint8Array) => marks.filter((mark) => mark !== MISSING).length;

/** What the files of a torrent should be in the store once everything is there: none for padding and empty files. */
const expectFiles = (world: StoreWorld, torrent: SmallTorrent) => {
  const { info } = torrent;
  const withBytes = info.files.filter((file) => !file.isPadding && file.lengthBytes > 0);
  expect(world.disk.fileNames(info.infoHash)).toEqual(
    ['journal', ...withBytes.map(({ index }) => `file-${index}`)].sort(),
  );
  for (const { index } of withBytes) {
    const stored = world.disk.contentOf(info.infoHash, `file-${index}`) ?? new Uint8Array();
    expect(Buffer.compare(stored, torrent.file(index))).toBe(0);
  }
};

describe('a piece that somebody waits for', () => {
  const toldAfterMs = async (
    world: StoreWorld,
    wish: (store: Awaited<ReturnType<StoreWorld['open']>>) => Promise<void>,
  ) => {
    const store = await world.open(single.info);
    const beganMs = world.clock.nowMs();
    await wish(store);
    await world.clock.runUntil(() => store.verified().length > 0, A_WHILE_MS);
    return { afterMs: world.clock.nowMs() - beganMs, verified: store.verified() };
  };
  const wait = async (store: Awaited<ReturnType<StoreWorld['open']>>, ...pieces: number[]) =>
    store.session.hasten(pieces as PieceIndex[]);

  test('is told as soon as it is written, with what was written before it', async () => {
    const told = await toldAfterMs(new StoreWorld(), async (store) => {
      await wait(store, 2);
      for (const piece of [1, 2]) store.putPiece(single, piece);
    });
    expect(told).toEqual({ afterMs: 0, verified: [1, 2] });
  });

  test('is told at once when it lies written already', async () => {
    const world = new StoreWorld();
    const told = await toldAfterMs(world, async (store) => {
      store.putPiece(single, 2);
      await world.clock.pass(100);
      await wait(store, 2);
    });
    expect(told).toEqual({ afterMs: 100, verified: [2] });
  });

  test('is one: others go on being told together, and it too when nobody waits any longer', async () => {
    const together = { afterMs: 400, verified: [2] };
    const other = await toldAfterMs(new StoreWorld(), async (store) => {
      await wait(store, 5);
      store.putPiece(single, 2);
    });
    expect(other).toEqual(together);
    const nobody = await toldAfterMs(new StoreWorld(), async (store) => {
      await wait(store, 2);
      await wait(store);
      store.putPiece(single, 2);
    });
    expect(nobody).toEqual(together);
  });
});

describe('blocks of peers', () => {
  test('make pieces that are told once they are safe', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    for (const piece of [8, 0, 3]) store.putPiece(single, piece);
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([0, 3, 8]);
    expect(countMarks(store.session.marks)).toBe(3);
    await store.close();
    expect([...(await world.open(single.info)).session.marks].map(Number).map((mark) => mark > 0)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((piece) => [0, 3, 8].includes(piece)),
    );
  });

  test('that come twice are told as waste, while the piece is open, in hand, and verified', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    const block = single.pieceBytes(0).slice(0, BLOCK_LENGTH_BYTES);
    store.putBlock(0, 0, block.slice(), 'ann');
    store.putBlock(0, 0, block.slice(), 'bob');
    expect(store.wastedBytes()).toBe(BLOCK_LENGTH_BYTES);
    store.putBlock(0, 1, single.pieceBytes(0).slice(BLOCK_LENGTH_BYTES), 'ann');
    store.putBlock(0, 0, block.slice(), 'bob');
    expect(store.wastedBytes()).toBe(2 * BLOCK_LENGTH_BYTES);
    await world.clock.pass(A_WHILE_MS);
    store.putBlock(0, 0, block.slice(), 'bob');
    expect(store.wastedBytes()).toBe(3 * BLOCK_LENGTH_BYTES);
    expect(store.verified()).toEqual([0]);
  });

  test('that are wrong make a piece fail with its source, and the piece can come again', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.putPiece(single, 1, 'liar', new Uint8Array(PIECE));
    await world.clock.settle();
    expect(store.of('piece-failed')).toEqual([
      { type: 'piece-failed', piece: 1, sources: [{ kind: 'peer', peer: 'liar' }] },
    ]);
    store.putPiece(single, 1, 'ann');
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([1]);
  });

  test('are told with whoever brought them when their piece is safe', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.putBlock(0, 0, single.pieceBytes(0).slice(0, BLOCK_LENGTH_BYTES), 'ann');
    store.putBlock(0, 1, single.pieceBytes(0).slice(BLOCK_LENGTH_BYTES), 'bob');
    await world.clock.pass(A_WHILE_MS);
    expect(store.of('verified').flatMap(({ pieces }) => pieces.map(({ from }) => from))).toEqual([
      [
        { source: { kind: 'peer', peer: 'ann' }, bytes: BLOCK_LENGTH_BYTES },
        { source: { kind: 'peer', peer: 'bob' }, bytes: PIECE - BLOCK_LENGTH_BYTES },
      ],
    ]);
  });

  test('are told as thrown away when their piece is dropped, or not whole at the end', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    const putFirst = (piece: number) => store.putBlock(piece, 0, single.pieceBytes(piece).slice(0, BLOCK_LENGTH_BYTES));
    for (const piece of [0, 1, 2]) putFirst(piece);
    store.session.dropPiece(1 as PieceIndex);
    expect(store.of('wasted')).toEqual([{ type: 'wasted', bytes: BLOCK_LENGTH_BYTES, reason: 'thrown-away' }]);
    store.session.dropPiece(1 as PieceIndex); // there is nothing any more
    await store.close();
    expect(store.of('wasted').slice(1)).toEqual([
      { type: 'wasted', bytes: 2 * BLOCK_LENGTH_BYTES, reason: 'thrown-away' },
    ]);
    putFirst(3);
    expect(store.of('wasted').at(-1)).toMatchObject({ bytes: BLOCK_LENGTH_BYTES, reason: 'thrown-away' });
  });

  test('that were dropped are forgotten', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.putBlock(0, 0, new Uint8Array(BLOCK_LENGTH_BYTES), 'liar');
    store.session.dropPiece(0 as PieceIndex);
    store.putPiece(single, 0, 'ann');
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([0]);
    expect(store.of('piece-failed')).toEqual([]);
  });
});

describe('runs of origins', () => {
  test('stream a torrent with several files, empty files and padding to its right places', async () => {
    const world = new StoreWorld();
    const origin = world.serve(multi);
    const store = await world.open(multi.info);
    store.startRun(1, origin, 0, multi.info.pieceCount);
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toHaveLength(multi.info.pieceCount);
    expect(store.of('run-ended')).toEqual([
      { type: 'run-ended', run: 1, positionByte: multi.info.lengthBytes, end: { type: 'finished' } },
    ]);
    await store.close();
    expectFiles(world, multi);
    const paths = world.web.server('origin.test').requests.map(({ url }) => new URL(url).pathname);
    expect(paths).toEqual(['/folder/a.bin', '/folder/sub/b.bin', '/folder/c.bin']);
  });

  test('are not asked for padding, and its zeros are not counted as bytes that came', async () => {
    const world = new StoreWorld();
    const store = await world.open(multi.info);
    store.startRun(1, world.serve(multi), 0, multi.info.pieceCount);
    await world.clock.pass(A_WHILE_MS);
    const came = store.of('run-progress').reduce((sum, { bytes }) => sum + bytes, 0);
    expect(came).toBe(50_000 + 20_000 + 3 * PIECE);
    expect(world.web.server('origin.test').sentBytes).toBe(came);
  });

  test('that are shortened in mid-stream end there, and ask for nothing more', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    world.web.server('origin.test').rateBytesPerS = 65_536;
    const store = await world.open(single.info);
    store.startRun(1, origin, 0, 9);
    await world.clock.pass(500);
    store.session.shortenRun(1, 5 * PIECE);
    await world.clock.pass(A_WHILE_MS);
    // Not a byte beyond the new end: somebody else brings it.
    expect(store.verified()).toEqual([0, 1, 2, 3, 4]);
    expect(store.of('run-ended')).toMatchObject([{ positionByte: 5 * PIECE, end: { type: 'finished' } }]);
    expect(world.web.server('origin.test').sentBytes).toBeLessThanOrEqual(6 * PIECE);
  });

  test('that are shortened behind their stream end at once', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    world.web.server('origin.test').rateBytesPerS = 65_536;
    const store = await world.open(single.info);
    store.startRun(1, origin, 0, 9);
    await world.clock.pass(2_100);
    store.session.shortenRun(1, 2 * PIECE);
    await world.clock.pass(100);
    expect(store.of('run-ended')).toHaveLength(1);
    expect(store.of('run-ended')[0]?.positionByte).toBeGreaterThanOrEqual(2 * PIECE);
  });

  test('cannot be made longer by shortening', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.startRun(1, world.serve(single), 0, 2);
    store.session.shortenRun(1, 7 * PIECE);
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([0, 1]);
  });

  test('may begin and end between any two blocks, and peers bring the others', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    const store = await world.open(single.info);
    const [startByte, endByte] = [BLOCK_LENGTH_BYTES, 2 * PIECE + BLOCK_LENGTH_BYTES];
    store.session.startRun({ run: 1, origin, startByte, endByte, fromFileStart: false });
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([1]);
    expect(store.of('run-ended')).toMatchObject([{ positionByte: endByte, end: { type: 'finished' } }]);
    store.putBlock(0, 0, single.pieceBytes(0).slice(0, BLOCK_LENGTH_BYTES));
    store.putBlock(2, 1, single.pieceBytes(2).slice(BLOCK_LENGTH_BYTES));
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([0, 1, 2]);
    expect(store.wastedBytes()).toBe(0);
    expect(world.web.server('origin.test').sentBytes).toBe(endByte - startByte);
  });

  test('that are shortened within a piece bring the blocks before their new end', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    world.web.server('origin.test').rateBytesPerS = 65_536;
    const store = await world.open(single.info);
    store.startRun(1, origin, 0, 9);
    await world.clock.pass(500);
    store.session.shortenRun(1, 2 * PIECE + BLOCK_LENGTH_BYTES);
    store.putBlock(2, 1, single.pieceBytes(2).slice(BLOCK_LENGTH_BYTES));
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([0, 1, 2]);
    expect(store.wastedBytes()).toBe(0);
  });

  test('that are stopped keep the whole pieces', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    world.web.server('origin.test').rateBytesPerS = 65_536;
    const store = await world.open(single.info);
    store.startRun(1, origin, 0, 9);
    await world.clock.pass(1_500);
    store.session.stopRun(1);
    await world.clock.pass(A_WHILE_MS);
    expect(store.of('run-ended')).toMatchObject([{ end: { type: 'stopped' } }]);
    expect(store.verified()).toEqual([0, 1]);
  });

  test('that fail say why and how far they came', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    world.web.server('origin.test').answer = () => ({ breaksAfterBytes: 3 * PIECE + 77 });
    const store = await world.open(single.info);
    store.startRun(1, origin, 2, 9);
    await world.clock.pass(A_WHILE_MS);
    const end = { type: 'fault', fault: 'unreachable', status: null, retryAfterS: null, host: null };
    expect(store.of('run-ended')).toEqual([{ type: 'run-ended', run: 1, positionByte: 5 * PIECE + 77, end }]);
    // Where it stopped is told exactly: that is how the file to blame is found.
    expect(store.of('run-progress').at(-1)?.position).toBe(5 * PIECE + 77);
    expect(store.of('run-progress').reduce((sum, { bytes }) => sum + bytes, 0)).toBe(3 * PIECE + 77);
    expect(store.verified()).toEqual([2, 3, 4]);
  });

  test('and peers make a piece together, and the mark says who brought how much', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    const store = await world.open(single.info);
    store.putBlock(0, 1, single.pieceBytes(0).slice(BLOCK_LENGTH_BYTES));
    store.startRun(1, origin, 0, 1);
    await world.clock.pass(A_WHILE_MS);
    expect(store.wastedBytes()).toBe(BLOCK_LENGTH_BYTES);
    const split = bytesOfMark(store.session.marks[0] ?? 0, PIECE);
    expect(Math.abs(split.peerBytes - PIECE / 2)).toBeLessThan(PIECE / 253);
  });

  test('from an origin that does not exist end as unreachable', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.startRun(1, 'http://nobody.test/' as OriginUrl, 0, 9);
    await world.clock.pass(A_WHILE_MS);
    expect(store.of('run-ended')).toMatchObject([{ positionByte: 0, end: { type: 'fault', fault: 'unreachable' } }]);
  });

  test('of an origin that lies name it', async () => {
    const world = new StoreWorld();
    const origin = world.serve(single);
    world.web.server('origin.test').answer = () => ({
      alter: (bytes, at) => {
        if (at === 0) bytes[5] = (bytes[5] ?? 0) ^ 1;
      },
    });
    const store = await world.open(single.info);
    store.startRun(1, origin, 0, 9);
    await world.clock.pass(A_WHILE_MS);
    expect(store.of('piece-failed')).toEqual([
      { type: 'piece-failed', piece: 0, sources: [{ kind: 'origin', origin }] },
    ]);
    expect(store.verified()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('reading for upload', () => {
  test('gives bytes of verified pieces, across files and padding', async () => {
    const world = new StoreWorld();
    const store = await world.open(multi.info);
    for (let piece = 0; piece < multi.info.pieceCount; piece++) store.putPiece(multi, piece);
    await world.clock.pass(A_WHILE_MS);
    for (let piece = 0; piece < multi.info.pieceCount; piece++) {
      const expected = multi.pieceBytes(piece);
      const whole = await store.session.read(piece as PieceIndex, 0, expected.length);
      expect(Buffer.compare(whole, expected)).toBe(0);
      const part = await store.session.read(piece as PieceIndex, 1_000, 5);
      expect(Buffer.compare(part, expected.slice(1_000, 1_005))).toBe(0);
    }
  });

  test('refuses what is not there', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    await expect(store.session.read(0 as PieceIndex, 0, 10)).rejects.toThrow(RangeError);
  });
});

describe('the order of truth', () => {
  test('a piece is written, flushed, journalled, and only then told', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    const { operations } = world.disk;
    operations.length = 0;
    store.putPiece(single, 4);
    await world.clock.runUntil(() => store.verified().length > 0, A_WHILE_MS);
    const names = operations.map(({ name, file }) => `${name} ${file}`);
    expect(names).toEqual(['open file-0', 'write file-0', 'flush file-0', 'write journal', 'flush journal']);
  });

  test('closing waits for pieces that are complete, and tells them', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.putPiece(single, 4);
    store.putPiece(single, 5);
    await store.close();
    expect(store.verified()).toEqual([4, 5]);
    expect(countMarks((await world.open(single.info)).session.marks)).toBe(2);
  });

  test('a closed session reads nothing more, for that would open its files again', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.putPiece(single, 4);
    await store.close();
    await expect(store.session.read(4 as PieceIndex, 0, 10)).rejects.toThrow(RangeError);
  });

  test('a closed session takes nothing more', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    await store.close();
    store.putPiece(single, 4);
    store.startRun(1, world.serve(single), 0, 9);
    await world.clock.pass(A_WHILE_MS);
    expect(store.verified()).toEqual([]);
    expect(world.web.server('origin.test').requests).toEqual([]);
  });

  test('a session can be opened, closed and opened again: no file stays open', async () => {
    const world = new StoreWorld();
    for (const piece of [0, 1, 2]) {
      const store = await world.open(multi.info);
      store.putPiece(multi, piece);
      await store.close();
    }
    expect(countMarks((await world.open(multi.info)).session.marks)).toBe(3);
  });
});

describe('a full disk', () => {
  test('is told once for each piece that could not be written; what was safe before stays', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    store.putPiece(single, 0);
    await world.clock.pass(A_WHILE_MS);
    world.disk.roomBytes = 1_000;
    store.putPiece(single, 1);
    await world.clock.pass(A_WHILE_MS);
    expect(store.of('failed')).toEqual([
      { type: 'failed', failure: { code: 'disk-full', neededBytes: 1, freeBytes: 0 } },
    ]);
    expect(store.verified()).toEqual([0]);
    await store.close();
    world.disk.roomBytes = Number.POSITIVE_INFINITY;
    const again = await world.open(single.info);
    expect(countMarks(again.session.marks)).toBe(1);
    again.putPiece(single, 1);
    await world.clock.pass(A_WHILE_MS);
    expect(again.verified()).toEqual([1]);
  });

  test('at opening leaves nothing open: with room again, opening works', async () => {
    const world = new StoreWorld();
    world.disk.roomBytes = 0;
    await expect(world.open(single.info)).rejects.toThrow('full');
    world.disk.roomBytes = Number.POSITIVE_INFINITY;
    const store = await world.open(single.info);
    store.putPiece(single, 1);
    await store.close();
    world.disk.tamper(single.info.infoHash, 'file-0', null);
    world.disk.roomBytes = 0;
    await expect(world.open(single.info)).rejects.toThrow('full'); // the mark could not be taken back
    world.disk.roomBytes = Number.POSITIVE_INFINITY;
    expect(countMarks((await world.open(single.info)).session.marks)).toBe(0);
  });

  test('at the journal is told too, and the piece is not', async () => {
    const world = new StoreWorld();
    const store = await world.open(single.info);
    world.disk.roomBytes = PIECE;
    store.putPiece(single, 0);
    await world.clock.pass(A_WHILE_MS);
    expect(store.of('failed')).toHaveLength(1);
    expect(store.verified()).toEqual([]);
  });
});

describe('at opening', () => {
  const complete = async () => {
    const world = new StoreWorld();
    const store = await world.open(multi.info);
    for (let piece = 0; piece < multi.info.pieceCount; piece++) store.putPiece(multi, piece);
    await store.close();
    return world;
  };
  const { infoHash, pieceCount } = multi.info;
  const marksAfter = async (world: StoreWorld) => [...(await world.open(multi.info)).session.marks];

  test('nothing is hashed again when sizes fit', async () => {
    const world = await complete();
    world.disk.operations.length = 0;
    expect((await marksAfter(world)).filter((mark) => mark === MISSING)).toEqual([]);
    expect(world.disk.operations.map(({ name, file }) => `${name} ${file}`)).toEqual(['open journal', 'read journal']);
  });

  test('a file that was cut short loses the pieces that were behind the cut, and no others', async () => {
    const world = await complete();
    const file = multi.info.files.findIndex(({ path }) => path.at(-1) === 'c.bin');
    const content = world.disk.contentOf(infoHash, `file-${file}`) ?? new Uint8Array();
    world.disk.tamper(infoHash, `file-${file}`, content.slice(0, PIECE + 5));
    const marks = await marksAfter(world);
    expect(marks.map((mark) => mark !== MISSING)).toEqual([true, true, true, true, false, false]);
    expect(await marksAfter(new StoreWorld(world.disk.afterPowerCut(() => 0)))).toEqual(marks);
  });

  test('a file that is gone loses all its pieces', async () => {
    const world = await complete();
    world.disk.tamper(infoHash, 'file-0', null);
    expect((await marksAfter(world)).slice(0, 3).map((mark) => mark !== MISSING)).toEqual([false, false, true]);
  });

  test('without a readable journal everything is hashed: right pieces are found, wrong ones are not', async () => {
    const world = await complete();
    world.disk.tamper(infoHash, 'journal', new Uint8Array(7));
    const content = world.disk.contentOf(infoHash, 'file-0') ?? new Uint8Array();
    content[3] = (content[3] ?? 0) ^ 1;
    world.disk.tamper(infoHash, 'file-0', content);
    const marks = await marksAfter(world);
    expect(marks).toEqual([MISSING, ...new Array(pieceCount - 1).fill(WAS_HERE)]);
  });

  test("another torrent's journal is not believed", async () => {
    const world = await complete();
    const other = new StoreWorld();
    await (await other.open(single.info)).close();
    world.disk.tamper(infoHash, 'journal', other.disk.contentOf(single.info.infoHash, 'journal'));
    expect(await marksAfter(world)).toEqual(new Array(pieceCount).fill(WAS_HERE));
  });

  test('a torrent that was removed has nothing', async () => {
    const world = await complete();
    await world.depot.remove(multi.info.infoHash);
    expect(await marksAfter(world)).toEqual(new Array(pieceCount).fill(MISSING));
  });
});

test('an origin whose stream outlives a failed attempt at its piece is not blamed for what others had sent', async () => {
  const world = new StoreWorld();
  const origin = world.serve(single);
  const server = world.web.server('origin.test');
  server.rateBytesPerS = 8_000;
  const store = await world.open(single.info);
  store.startRun(1, origin, 2, 3);
  await world.clock.pass(1_500); // within the first block of the piece
  store.putPiece(single, 2, 'liar', new Uint8Array(PIECE));
  await world.clock.pass(A_WHILE_MS);
  expect(store.of('piece-failed').map(({ sources }) => sources)).toEqual([[{ kind: 'peer', peer: 'liar' }]]);
  store.putPiece(single, 2, 'ann');
  await world.clock.pass(A_WHILE_MS);
  expect(store.verified()).toEqual([2]);
  expect(store.of('piece-failed')).toHaveLength(1);
  expect(store.of('liars-found')).toEqual([]);
});
