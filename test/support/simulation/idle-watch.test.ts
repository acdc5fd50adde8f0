import { expect, test } from 'vitest';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { FluidDepot, urlOfOrigin } from './fluid-depot.ts';
import { FluidPeer } from './fluid-peer.ts';
import type { FluidOriginTraits, FluidPeerTraits, FluidWorld } from './fluid-world.ts';
import { IdleWatch } from './idle-watch.ts';
import { steady } from './rate-trace.ts';

const BLOCK = 16_384;
const PIECE = 16 * BLOCK;

const peerTraits = (name: string, rate: number, other: Partial<FluidPeerTraits> = {}): FluidPeerTraits => ({
  name,
  rate: steady(rate),
  roundTripS: 0.1,
  joinsAtS: 0,
  death: null,
  pieces: null,
  maxRequests: 250,
  ...other,
});
const originTraits = (rate: number): FluidOriginTraits => ({
  name: 'cdn',
  rate: steady(rate),
  firstByteS: 0.2,
  death: null,
});

/** Two pieces and these sources, of which nobody was asked for anything yet. */
function watched(peers: readonly FluidPeerTraits[], origins: readonly FluidOriginTraits[] = []) {
  const world: FluidWorld = {
    name: 'watched',
    seed: 1,
    lengthBytes: 2 * PIECE,
    pieceLengthBytes: PIECE,
    downlinkBytesPerS: Number.POSITIVE_INFINITY,
    peers,
    origins,
    policy: 'fastest',
    deadlineS: null,
    player: null,
  };
  const now = () => 0;
  const depot = new FluidDepot(world, now);
  const fluidPeers = peers.map((traits) => {
    const events = {
      block: () => undefined,
      refused: () => undefined,
      bytesCame: () => undefined,
      left: () => undefined,
    };
    const peer = new FluidPeer(traits, now, events);
    peer.join();
    return peer;
  });
  const watch = new IdleWatch(depot, fluidPeers, world, now);
  const ask = (peer: number, from: number, to: number) => {
    for (let block = from; block < to; block++) {
      fluidPeers[peer]?.request(Math.floor(block / 16) as PieceIndex, (block % 16) * BLOCK, BLOCK);
    }
  };
  const isIdle = () => {
    watch.look(0.1);
    return watch.longestIs.split(' ')[0] ?? '';
  };
  return { depot, ask, isIdle };
}

test('a source that is asked for nothing while nobody brings a block is idle', () => {
  const { ask, isIdle } = watched([peerTraits('ann', 8 * BLOCK), peerTraits('bob', 8 * BLOCK)]);
  ask(0, 0, 31);
  expect(isIdle()).toBe('bob');
});

test('nobody is idle when all comes soon', () => {
  const { ask, isIdle } = watched([peerTraits('ann', 40 * BLOCK), peerTraits('bob', 40 * BLOCK)]);
  ask(0, 0, 32);
  expect(isIdle()).toBe('');
});

test('a source that could bring the last block sooner than who was asked is idle', () => {
  const { ask, isIdle } = watched([peerTraits('ann', 8 * BLOCK), peerTraits('bob', BLOCK / 2)]);
  ask(0, 0, 32);
  expect(isIdle()).toBe('bob');
});

test('one that would bring it later than who was asked is not', () => {
  const { ask, isIdle } = watched([peerTraits('ann', 8 * BLOCK), peerTraits('bob', BLOCK / 5)]);
  ask(0, 0, 32);
  expect(isIdle()).toBe('');
});

test('nor is one that needs longer for a block that nobody was asked for than all others for everything', () => {
  const { ask, isIdle } = watched([peerTraits('ann', 8 * BLOCK), peerTraits('bob', BLOCK / 5)]);
  ask(0, 0, 31);
  expect(isIdle()).toBe('');
});

test('one that has nothing of what is missing is not idle', () => {
  const { ask, isIdle } = watched([
    peerTraits('ann', 8 * BLOCK),
    peerTraits('bob', 8 * BLOCK, { pieces: new Uint8Array(2) }),
  ]);
  ask(0, 0, 31);
  expect(isIdle()).toBe('');
});

test('an origin is idle while a run of another would come to its end later than its first byte', () => {
  const other = { ...originTraits(8 * BLOCK), name: 'mirror' };
  const { depot, isIdle } = watched([], [originTraits(8 * BLOCK), other]);
  depot.startRun({ run: 1, origin: urlOfOrigin('mirror'), startByte: 0, endByte: 2 * PIECE, fromFileStart: false });
  expect(isIdle()).toBe('cdn');
});
