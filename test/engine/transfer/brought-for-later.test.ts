import { expect, test } from 'vitest';
import { broughtForLater } from '../../../src/engine/transfer/brought-for-later.ts';
import { PeerDesk } from '../../../src/engine/transfer/peer-desk.ts';
import { PieceBoard } from '../../../src/engine/transfer/piece-board.ts';
import { SimulatedPeer } from '../../support/simulation/simulated-peer.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { VirtualClock } from '../../support/simulation/virtual-clock.ts';

const BLOCK = 16_384;
const PIECES = 40;
const torrent = await smallTorrent({ content: PIECES * 32_768 });
/** Two pieces a second: all of them are played within twenty seconds. */
const playback = { positionByte: 0, bytesPerS: 65_536 };
const NOW_MS = 5_000;

/** A peer that has some pieces and brought so many bytes a second until now. */
function peerWith(pieces: readonly number[], bytesPerS: number): PeerDesk {
  const desk = new PeerDesk(new SimulatedPeer('a', torrent, new VirtualClock(), { pieces }));
  const everyMs = (1_000 * BLOCK) / bytesPerS;
  desk.rate.start(0);
  for (let ms = everyMs; ms <= NOW_MS; ms += everyMs) desk.rate.add(BLOCK, ms);
  return desk;
}

const every = (step: number) => Array.from({ length: PIECES / step }, (_, index) => index * step);
const forLater = (peers: readonly PeerDesk[], marks = new Uint8Array(PIECES), from = playback) =>
  broughtForLater(peers, new PieceBoard(torrent.info, marks, 0), from, NOW_MS);

const FAST = 4 * 65_536;

test.each<[string, readonly PeerDesk[], number]>([
  ['of one that has everything nothing is', [peerWith(every(1), FAST)], 0],
  ['of a slow one that has a quarter nothing is', [peerWith(every(4), 16_384)], 0],
  // A tenth of the film's rate, and twice that when it is ahead.
  ['of a fast one that has a tenth nearly all is', [peerWith(every(10), FAST)], FAST - 0.2 * 65_536],
  ['of several each counts by itself', [peerWith(every(10), FAST), peerWith(every(1), FAST)], FAST - 0.2 * 65_536],
  ['of one that has nothing of it all is', [peerWith([], FAST)], FAST],
])('of what peers bring, for later: %s', (_what, peers, bytesPerS) => {
  expect(Math.abs(forLater(peers) - bytesPerS)).toBeLessThan(0.15 * FAST);
});

test('what is here already is not what a peer must have', () => {
  const marks = new Uint8Array(PIECES);
  for (let piece = 0; piece < PIECES; piece++) if (piece % 10 !== 0) marks[piece] = 1;
  expect(forLater([peerWith(every(10), FAST)], marks)).toBe(0);
});

test('nothing is for later when all that is played next is here', () => {
  expect(forLater([peerWith([], FAST)], new Uint8Array(PIECES).fill(1))).toBe(0);
});
