import { afterEach, expect, test } from 'vitest';
import { StoreError } from '../../../src/engine/store/store-error.ts';
import { smallTorrent, truePieces } from '../../support/simulation/small-torrent.ts';
import { StoreWorld } from '../../support/simulation/store-world.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const torrent = await smallTorrent({ content: 200 * 32_768 + 77 });
const { info, payload } = torrent;

/** A store with these pieces from a peer, closed. */
async function stored(pieces: Iterable<number>): Promise<StoreWorld> {
  const world = new StoreWorld();
  const store = await world.open(info);
  for (const piece of pieces) store.putPiece(torrent, piece);
  await world.clock.pass(10_000);
  await store.close();
  return world;
}

const everyPiece = () => Array.from({ length: info.pieceCount }, (_, piece) => piece);

test('every byte that changed is found, who brought the others is still known, and it is told on the way', async () => {
  const world = await stored(everyPiece());
  const content = world.disk.contentOf(info.infoHash, 'file-0') ?? new Uint8Array();
  for (const piece of [0, 63, 200]) content[piece * 32_768 + 76] = (content[piece * 32_768 + 76] ?? 0) ^ 0x80;
  world.disk.tamper(info.infoHash, 'file-0', content);

  const store = await world.open(info);
  expect([...store.session.marks]).not.toContain(0); // opening believes the journal
  const marks = await world.clock.untilSettled(store.session.check());
  expect([...marks].flatMap((mark, piece) => (mark === 0 ? [piece] : []))).toEqual([0, 63, 200]);
  expect(new Set(marks)).toEqual(new Set([0, 254])); // all the others still came from peers
  expect(store.of('checked').map(({ pieces }) => pieces.length)).toEqual([64, 64, 64, 9]);
  expect(store.session.marks).toEqual(marks);

  store.putPiece(torrent, 63);
  await world.clock.pass(10_000);
  expect(store.verified()).toEqual([63]);
  await store.close();
  expect([...(await world.open(info)).session.marks].filter((mark) => mark === 0)).toHaveLength(2);
});

test('pieces that are there without a mark are found', async () => {
  const world = await stored([5]);
  world.disk.tamper(info.infoHash, 'file-0', payload);
  const store = await world.open(info);
  const marks = await world.clock.untilSettled(store.session.check());
  expect(marks.filter((mark) => mark !== 0)).toHaveLength(truePieces(info, payload).size);
  expect(marks[5]).toBe(254);
  expect(marks[6]).toBe(255);
});

test('a file that is gone leaves nothing', async () => {
  const world = await stored(everyPiece());
  const store = await world.open(info);
  await store.close();
  world.disk.tamper(info.infoHash, 'file-0', null);
  const again = await world.open(info);
  const marks = await world.clock.untilSettled(again.session.check());
  expect(new Set(marks)).toEqual(new Set([0]));
});

test('closing stops it, and what it had not come to keeps its mark', async () => {
  const world = await stored(everyPiece());
  world.disk.tamper(info.infoHash, 'file-0', new Uint8Array(payload.length));
  const store = await world.open(info);
  const checking = store.session.check().catch((error: unknown) => error);
  await store.close();
  expect(await checking).toBeInstanceOf(StoreError);
  const again = await world.open(info);
  expect([...again.session.marks].filter((mark) => mark !== 0).length).toBeGreaterThan(100);
});
