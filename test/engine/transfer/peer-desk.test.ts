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
  for (let block = 0; block < 5; block++) desk.asked(p(0), block, 1_000);
  expect(desk.view(1_000).freeRequests).toBe(3);
  expect(desk.owed).toBe(5);
});

test('a fast peer is asked for more, a slow one for no more than at first', () => {
  const fast = newDesk();
  const slow = newDesk();
  const end = serve(fast, 10, 5_000);
  serve(slow, 1_000, 5_000);
  expect(fast.view(end).freeRequests + fast.owed).toBeGreaterThan(60);
  expect(slow.view(end).freeRequests + slow.owed).toBeLessThan(12);
});

test('the queue that we make ourselves is not taken for a round trip, and does not grow without end', () => {
  const desk = newDesk();
  const end = serve(desk, 200, 120_000);
  expect(desk.view(end).freeRequests + desk.owed).toBeLessThan(25);
});

test('nobody is asked for more than they say they take', () => {
  const desk = newDesk({ maxRequests: 5 });
  expect(desk.view(1_000).freeRequests).toBe(5);
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
  expect(desk.refused(p(1), 0)).toBe(false);
});

test('what it owes of one piece, and all of it, can be told and taken back', () => {
  const desk = newDesk();
  desk.asked(p(1), 0, 1_000);
  desk.asked(p(1), 1, 1_000);
  desk.asked(p(12), 0, 1_000);
  expect(desk.owedOf(p(1)).map(({ block }) => block)).toEqual([0, 1]);
  expect(desk.takeBack()).toHaveLength(3);
  expect(desk.owed).toBe(0);
});

test.each([
  ['owes nothing', 0, 60_000, false],
  ['has just been asked', 8, 3_000, false],
  ['has not answered for a long time', 8, 21_000, true],
])('a peer that %s: silent after %i blocks and %i ms is %s', (_name, blocks, afterMs, isSilent) => {
  const desk = newDesk();
  for (let block = 0; block < blocks; block++) desk.asked(p(0), block, 1_000);
  expect(desk.isSilent(1_000 + afterMs)).toBe(isSilent);
});

test('a fast peer that falls silent is given up after a few seconds, however much it owes', () => {
  const desk = newDesk();
  const end = serve(desk, 20, 4_000);
  for (let block = 1_000; block < 1_040; block++) desk.asked(p(1), block, end);
  expect(desk.isSilent(end + 3_000)).toBe(false);
  expect(desk.isSilent(end + 6_000)).toBe(true);
});

test('a slow peer is given the time that its queue takes', () => {
  const desk = newDesk();
  const end = serve(desk, 800, 8_000);
  expect(desk.owed).toBeGreaterThan(5);
  expect(desk.isSilent(end + 5_000)).toBe(false);
});

test('a peer that was silent rests, longer each time, and not at all once it has sent something', () => {
  const desk = newDesk();
  const isAskedAt = (now: number) => desk.view(now).freeRequests > 0;
  desk.rest(10_000);
  expect([isAskedAt(11_900), isAskedAt(12_100)]).toEqual([false, true]);
  desk.rest(20_000);
  expect([isAskedAt(23_900), isAskedAt(24_100)]).toEqual([false, true]);
  desk.rest(30_000);
  desk.received(p(0), 0, BLOCK, 31_000);
  expect(isAskedAt(31_000)).toBe(true);
});
