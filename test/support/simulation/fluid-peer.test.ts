import { expect, test } from 'vitest';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { FluidPeer } from './fluid-peer.ts';
import { steady } from './rate-trace.ts';

const BLOCK = 16_384;
const STEP_S = 0.01;
const piece = (index: number) => index as PieceIndex;

/** A peer of one block in 0.1 s and a round trip of 0.2 s; steps are driven by hand. */
function peerWorld(diesAtS: number | null = null) {
  const heard: string[] = [];
  let steps = 0;
  const now = () => steps * STEP_S;
  const note = (what: string) => heard.push(`${now().toFixed(2)} ${what}`);
  const death = diesAtS === null ? null : ({ atS: diesAtS, how: 'falls-silent' } as const);
  const traits = { name: 'ann', rate: steady(BLOCK * 10), roundTripS: 0.2, joinsAtS: 0, death, pieces: null };
  const peer = new FluidPeer({ ...traits, maxRequests: 250 }, now, {
    block: (_peer, index) => note(`block ${index}`),
    refused: (_peer, index) => note(`refused ${index}`),
    bytesCame: (_bytes, isTooLate) => isTooLate && note('too late'),
    left: () => note('left'),
  });
  const pass = (seconds: number) => {
    for (const endStep = steps + Math.round(seconds / STEP_S); steps < endStep; ) {
      steps += 1;
      peer.send(peer.wants(STEP_S));
      peer.deliver();
    }
  };
  peer.join();
  return { peer, heard, pass };
}

test('answers in the order of the requests, a round trip and its rate later', () => {
  const { peer, heard, pass } = peerWorld();
  peer.request(piece(4), 0, BLOCK);
  peer.request(piece(2), 0, BLOCK);
  pass(1);
  expect(heard).toEqual(['0.30 block 4', '0.40 block 2']);
  expect(peer.owed()).toEqual([]);
});

test('a cancelled block is refused at once and does not come when the peer hears of it in time', () => {
  const { peer, heard, pass } = peerWorld();
  for (const index of [0, 1, 2]) peer.request(piece(index), 0, BLOCK);
  pass(0.05);
  peer.cancel(piece(1), 0, BLOCK);
  pass(1);
  expect(heard).toEqual(['0.05 refused 1', '0.30 block 0', '0.40 block 2']);
});

test('a block that was cancelled while it was sent comes all the same, and counts as too late', () => {
  const { peer, heard, pass } = peerWorld();
  peer.request(piece(0), 0, BLOCK);
  pass(0.15);
  peer.cancel(piece(0), 0, BLOCK);
  pass(1);
  expect(heard).toEqual(['0.15 refused 0', '0.30 too late']);
});

test('one that falls silent keeps what it owes until its connection ends', () => {
  const { peer, heard, pass } = peerWorld(0.25);
  peer.request(piece(0), 0, BLOCK);
  peer.request(piece(1), 0, BLOCK);
  pass(5);
  expect(heard).toEqual(['0.30 block 0']);
  peer.drop();
  peer.drop();
  expect(heard.slice(1)).toEqual(['5.00 refused 1', '5.00 left']);
  expect(() => peer.request(piece(3), 0, BLOCK)).toThrow('cannot be asked');
});
