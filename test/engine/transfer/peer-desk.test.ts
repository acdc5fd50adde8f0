import { expect, test } from 'vitest';
import { PeerDesk } from '../../../src/engine/transfer/peer-desk.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { SimulatedPeer } from '../../support/simulation/simulated-peer.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { VirtualClock } from '../../support/simulation/virtual-clock.ts';

const BLOCK = 16_384;
const torrent = await smallTorrent({ content: 40 * 32_768 });
const p = (piece: number) => piece as PieceIndex;

const newDesk = (traits: ConstructorParameters<typeof SimulatedPeer>[3] = {}) =>
  new PeerDesk(new SimulatedPeer('a', torrent, new VirtualClock(), traits));

/** Asks for as much as is free and lets a block come every `everyMs`, from `fromMs` for `forMs`. Returns the end. */
function serve(desk: PeerDesk, everyMs: number, forMs: number, fromMs = 1_000): number {
  const queue: number[] = [];
  let block = 0;
  for (let now = fromMs; now <= fromMs + forMs; now += everyMs) {
    for (let free = desk.view(now).freeRequests; free > 0; free--) {
      desk.asked(p(0), block, now);
      queue.push(block);
      block += 1;
    }
    const next = queue.shift();
    if (next !== undefined) desk.received(p(0), next, BLOCK, now);
  }
  return fromMs + forMs;
}

test('a new peer is asked for a few blocks', () => {
  expect(newDesk().view(1_000).freeRequests).toBe(8);
});

test('what it owes takes from what it may be asked for', () => {
  const desk = newDesk();
  for (let block = 0; block < 3; block++) desk.asked(p(0), block, 1_000);
  expect(desk.view(1_000)).toMatchObject({ freeRequests: 5, owedBlocks: 3 });
  expect(desk.owed).toBe(3);
});

test('each block that comes allows one more, until the rate says how many', () => {
  const desk = newDesk();
  for (let block = 0; block < 8; block++) desk.asked(p(0), block, 1_000);
  for (let block = 0; block < 4; block++) {
    desk.received(p(0), block, BLOCK, 1_050);
    expect(desk.view(1_050).freeRequests + desk.owed).toBe(9 + block);
  }
});

test('a fast peer is asked for what it brings in a round trip and two fifths of a second, a slow one for no more than at first', () => {
  const fast = newDesk();
  const slow = newDesk();
  const end = serve(fast, 10, 5_000);
  serve(slow, 1_000, 5_000);
  expect(fast.view(end).freeRequests + fast.owed).toBeGreaterThan(40);
  expect(slow.view(end).freeRequests + slow.owed).toBeLessThan(12);
});

test('the queue that we make ourselves is not taken for a round trip, and does not grow without end', () => {
  const desk = newDesk();
  const end = serve(desk, 200, 120_000);
  expect(desk.view(end).freeRequests + desk.owed).toBeLessThan(25);
});

test('nobody is asked for more than they say they take', () => {
  expect(newDesk({ maxRequests: 3 }).view(1_000).freeRequests).toBe(3);
  const desk = newDesk({ maxRequests: 5 });
  const end = serve(desk, 10, 5_000);
  expect(desk.view(end).freeRequests + desk.owed).toBeLessThanOrEqual(5);
});

test('a peer that chokes is asked for nothing', () => {
  expect(newDesk({ isChoking: true }).view(1_000).freeRequests).toBe(0);
});

test('a block is owed once', () => {
  const desk = newDesk();
  desk.asked(p(1), 0, 1_000);
  expect(desk.received(p(1), 0, BLOCK, 1_100)).toBe(true);
  expect(desk.received(p(1), 0, BLOCK, 1_200)).toBe(false);
  expect(desk.released(p(1), 0, 1_200)).toBe(false);
});

test('what it owes is told in the order in which it was asked, and shrinks as blocks come or are released', () => {
  const desk = newDesk();
  const owed = () => desk.owedBlocks().map(({ piece, block }) => `${piece}.${block}`);
  desk.asked(p(12), 0, 1_000);
  desk.asked(p(1), 1, 1_000);
  desk.asked(p(1), 0, 1_010);
  expect(owed()).toEqual(['12.0', '1.1', '1.0']);
  expect(desk.released(p(1), 1, 1_020)).toBe(true);
  desk.received(p(12), 0, BLOCK, 1_030);
  expect(owed()).toEqual(['1.0']);
  expect(desk.view(1_030).owed()).toMatchObject([{ piece: 1, block: 0 }]);
});

test('a peer that owes nothing keeps its rate and is not called silent', () => {
  const desk = newDesk();
  const end = serve(desk, 20, 4_000);
  for (const { piece, block } of desk.owedBlocks()) desk.released(piece, block, end);
  const rate = desk.view(end).rateBytesPerS;
  expect(desk.view(end + 30_000)).toMatchObject({ rateBytesPerS: rate, silentS: 0, owedBlocks: 0 });
  expect(desk.isSilent(end + 30_000)).toBe(false);
});

test('its silence counts from its last block, or from the first block it was asked for since it owed none', () => {
  const desk = newDesk();
  desk.asked(p(0), 0, 1_000);
  desk.asked(p(0), 1, 1_500);
  expect(desk.view(2_000).silentS).toBe(1);
  desk.received(p(0), 0, BLOCK, 2_000);
  expect(desk.view(2_250).silentS).toBe(0.25);
  desk.received(p(0), 1, BLOCK, 2_500);
  desk.asked(p(0), 2, 9_000);
  expect(desk.view(9_100).silentS).toBeCloseTo(0.1);
});

test('a peer that has brought nothing has no rate', () => {
  const desk = newDesk();
  desk.asked(p(0), 0, 1_000);
  expect(desk.view(3_000).rateBytesPerS).toBeNull();
});

test.each([
  ['owes nothing', 0, 60_000, false],
  ['has just been asked', 4, 3_900, false],
  ['has not answered for four seconds', 4, 4_100, true],
])('a new peer that %s: silent after %i blocks and %i ms is %s', (_name, blocks, afterMs, isSilent) => {
  const desk = newDesk();
  for (let block = 0; block < blocks; block++) desk.asked(p(0), block, 1_000);
  expect(desk.isSilent(1_000 + afterMs)).toBe(isSilent);
});

test('a fast peer that falls silent is given up after a second, however much it owes', () => {
  const desk = newDesk();
  const end = serve(desk, 20, 4_000);
  for (let block = 1_000; block < 1_040; block++) desk.asked(p(1), block, end);
  expect([desk.isSilent(end + 900), desk.isSilent(end + 1_100)]).toEqual([false, true]);
});

test('a slow peer is given the time of a few of its blocks', () => {
  const desk = newDesk();
  const end = serve(desk, 800, 8_000);
  expect(desk.owed).toBeGreaterThan(3);
  expect([desk.isSilent(end + 1_800), desk.isSilent(end + 4_000)]).toEqual([false, true]);
});

test('nobody is waited for longer than twenty seconds', () => {
  const desk = newDesk();
  const end = serve(desk, 15_000, 90_000);
  expect([desk.isSilent(end + 5_000), desk.isSilent(end + 20_100)]).toEqual([false, true]);
});

test('a peer that falls silent while somebody waits keeps nothing', () => {
  const desk = newDesk();
  serve(desk, 20, 4_000);
  expect(desk.owed).toBeGreaterThan(1);
  expect(desk.doubt(true)).toEqual(desk.owedBlocks());
});

test('a peer that was silent keeps the block that it may be sending, and then is asked for one at a time', () => {
  const desk = newDesk();
  const end = serve(desk, 20, 4_000);
  const [first, ...others] = desk.owedBlocks();
  expect(desk.doubt(false)).toEqual(others);
  for (const { piece, block } of others) desk.released(piece, block, end + 1_100);
  expect(desk.view(end + 1_100)).toMatchObject({ freeRequests: 0, owedBlocks: 1 });
  expect(desk.doubt(false)).toEqual([first]);
  desk.released(p(0), first?.block ?? 0, end + 2_100);
  expect(desk.view(end + 2_100).freeRequests).toBe(1);
  desk.received(p(0), first?.block ?? 0, BLOCK, end + 2_200);
  expect(desk.view(end + 2_200).freeRequests).toBeGreaterThan(1);
});

test('each silence in a row must be twice as long as the one before', () => {
  const desk = newDesk();
  const end = serve(desk, 20, 4_000);
  expect([desk.isSilent(end + 900), desk.isSilent(end + 1_100)]).toEqual([false, true]);
  desk.doubt(false);
  expect([desk.isSilent(end + 1_900), desk.isSilent(end + 2_100)]).toEqual([false, true]);
  desk.doubt(false);
  expect([desk.isSilent(end + 3_900), desk.isSilent(end + 4_100)]).toEqual([false, true]);
});

test('a peer that has become much slower is soon known to be, while it still brings something', () => {
  const desk = newDesk();
  const fastEnd = serve(desk, 10, 3_000);
  const fast = desk.view(fastEnd).rateBytesPerS ?? 0;
  expect(desk.view(fastEnd).slowedBytesPerS).toBeNull();
  for (const [index, { piece, block }] of desk.owedBlocks().slice(0, 10).entries())
    desk.received(piece, block, BLOCK, fastEnd + 50 * (index + 1));
  expect(desk.view(fastEnd + 500).slowedBytesPerS).toBeLessThan(0.4 * fast);
  expect(desk.view(fastEnd + 500).slowedBytesPerS).toBeGreaterThan(0.1 * fast);
});

test('of a peer that sends only a block now and then, a film expects one more at the most', () => {
  const desk = newDesk();
  const end = serve(desk, 10, 3_000);
  const [first, second] = desk.owedBlocks();
  desk.received(p(0), first?.block ?? 0, BLOCK, end + 1_500);
  desk.received(p(0), second?.block ?? 0, BLOCK, end + 3_000);
  const { rateBytesPerS, slowedBytesPerS } = desk.view(end + 3_000);
  expect(slowedBytesPerS).toBeGreaterThan(BLOCK / 1.5);
  expect(slowedBytesPerS).toBeLessThan(0.5 * (rateBytesPerS ?? 0));
});

test('what a silent peer was sending when it is cancelled may not come; of one that sends it surely does', () => {
  const desk = newDesk();
  const end = serve(desk, 10, 3_000);
  const [first] = desk.owedBlocks();
  expect(desk.comesAnyway(p(0), first?.block ?? 0, end + 20)).toBe('surely');
  expect(desk.comesAnyway(p(0), first?.block ?? 0, end + 1_000)).toBe('perhaps');
});

test('a peer that fell silent is doubted until it sends again', () => {
  const desk = newDesk();
  desk.asked(p(0), 0, 1_000);
  expect(desk.view(1_000).isDoubted).toBe(false);
  desk.doubt(false);
  expect(desk.view(9_000).isDoubted).toBe(true);
  desk.received(p(0), 0, BLOCK, 9_100);
  expect(desk.view(9_100).isDoubted).toBe(false);
});

test('what a peer usually brings outlasts seconds in which it is slow', () => {
  const desk = newDesk();
  const fastEnd = serve(desk, 20, 12_000);
  const end = serve(desk, 200, 4_000, fastEnd);
  const { rateBytesPerS, usualBytesPerS } = desk.view(end);
  const fast = BLOCK / 0.02;
  expect(rateBytesPerS).toBeLessThan(0.25 * fast);
  expect(usualBytesPerS).toBeGreaterThan(0.6 * fast);
});
