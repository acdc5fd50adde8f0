import { describe, expect, test } from 'vitest';
import { HASHED_AFTER_S } from './fluid-depot.ts';
import type { FluidOriginTraits, FluidPeerTraits, FluidWorld } from './fluid-world.ts';
import {
  canPlaySmoothly,
  completionLimitS,
  leastOriginBytes,
  mostOfPeers,
  stallLimitS,
  startLimitS,
} from './limits.ts';
import { steady } from './rate-trace.ts';

const origin = (bytesPerS: number, more: Partial<FluidOriginTraits> = {}): FluidOriginTraits => ({
  name: 'mirror',
  rate: steady(bytesPerS),
  firstByteS: 0,
  death: null,
  ...more,
});

const peer = (bytesPerS: number, more: Partial<FluidPeerTraits> = {}): FluidPeerTraits => ({
  name: 'peer',
  rate: steady(bytesPerS),
  roundTripS: 0,
  joinsAtS: 0,
  death: null,
  pieces: null,
  maxRequests: 250,
  ...more,
});

/** 1000 bytes in ten pieces of 100. */
const world = (more: Partial<FluidWorld>): FluidWorld => ({
  name: 'by hand',
  seed: 1,
  lengthBytes: 1_000,
  pieceLengthBytes: 100,
  downlinkBytesPerS: Number.POSITIVE_INFINITY,
  peers: [],
  origins: [],
  policy: 'fastest',
  deadlineS: null,
  player: null,
  ...more,
});

const having = (...pieces: number[]) => Uint8Array.from({ length: 10 }, (_, piece) => Number(pieces.includes(piece)));

describe('the completion limit', () => {
  test.each<[string, Partial<FluidWorld>, number]>([
    ['one origin', { origins: [origin(100)] }, 10],
    ['the wait for the first byte counts', { origins: [origin(100, { firstByteS: 0.5 })] }, 10.5],
    ['all sources send at once', { origins: [origin(100), origin(50)], peers: [peer(50)] }, 5],
    // 5 s alone, then 500 bytes at 125 a second.
    ['a peer that comes later', { origins: [origin(100)], peers: [peer(25, { joinsAtS: 4.8, roundTripS: 0.2 })] }, 9],
    // 2 s at 200, then 600 bytes at 100.
    ['a source that dies', { origins: [origin(100)], peers: [peer(100, { death: { atS: 2, how: 'leaves' } })] }, 8],
    ['a narrow downlink', { origins: [origin(100), origin(300)], downlinkBytesPerS: 80 }, 12.5],
    ['nobody there', {}, Number.POSITIVE_INFINITY],
    // Pieces 0 and 1 are the peer's alone to bring: what it can send beyond them does not help.
    ['a peer that has two pieces', { origins: [origin(100)], peers: [peer(100, { pieces: having(0, 1) })] }, 8],
    [
      'a peer that is too slow for its two',
      { origins: [origin(100)], peers: [peer(10, { pieces: having(0, 1) })] },
      1000 / 110,
    ],
    // Both have the same five pieces: 500 bytes are the origin's.
    [
      'two peers with the same half',
      { origins: [origin(50)], peers: [1, 2].map(() => peer(500, { pieces: having(0, 1, 2, 3, 4) })) },
      10,
    ],
    [
      'two peers with one half each',
      { peers: [peer(50, { pieces: having(0, 1, 2, 3, 4) }), peer(100, { pieces: having(5, 6, 7, 8, 9) })] },
      10,
    ],
    [
      'peers that lack a piece',
      { peers: [peer(50, { pieces: having(0, 1, 2, 3, 4, 5, 6, 7, 8) })] },
      Number.POSITIVE_INFINITY,
    ],
  ])('%s', (_name, sources, limitS) => {
    const found = completionLimitS(world(sources));
    // With partial peers it is searched for, to a thousandth and up to a byte of each source.
    if (Number.isFinite(limitS)) expect(Math.abs(found - limitS)).toBeLessThanOrEqual(0.003 * limitS);
    else expect(found).toBe(limitS);
  });
});

describe('the least that origins must send', () => {
  const spare = (more: Partial<FluidWorld>) => world({ policy: 'spare-origin', origins: [origin(1_000)], ...more });

  test.each<[string, Partial<FluidWorld>, number]>([
    ['what peers cannot bring by the deadline', { deadlineS: 6, peers: [peer(100)] }, 400],
    ['nothing when they can', { deadlineS: 10, peers: [peer(100)] }, 0],
    ['everything without them', { deadlineS: 10 }, 1_000],
    ['what no peer has', { deadlineS: 100, peers: [peer(100, { pieces: having(0, 1, 2) })] }, 700],
    [
      'what they cannot bring after a death',
      { deadlineS: 20, peers: [peer(100, { death: { atS: 3, how: 'leaves' } })] },
      700,
    ],
  ])('%s', (_name, more, bytes) => {
    expect(leastOriginBytes(spare(more))).toBeCloseTo(bytes, 6);
  });

  test('what a player needs before peers can have brought it', () => {
    // Piece k is due at k - 0.02 s after the start; peers bring 50 bytes a second. The last one is the worst: at
    // 10 + 9 - 0.02 s peers have brought 949 of 1000 bytes.
    const player = { bytesPerS: 100, bufferBytes: 100 };
    const stream = spare({ player, peers: [peer(50)] });
    expect(leastOriginBytes(stream, 10)).toBeCloseTo(1_000 - 50 * (19 - HASHED_AFTER_S), 6);
    // When it starts at once, the tenth of the buffer is missing as well; what it begins with is due then.
    expect(leastOriginBytes(stream, 0.5)).toBeCloseTo(1_000 - 50 * (9.5 - HASHED_AFTER_S), 6);
    expect(leastOriginBytes(stream, 0.5, 1_000)).toBeCloseTo(1_000 - 50 * (0.5 - HASHED_AFTER_S), 6);
  });

  test('what a player needs of pieces that no peer has, however fast the others come', () => {
    const player = { bytesPerS: 100, bufferBytes: 100 };
    const peers = [peer(1_000, { pieces: having(0, 1, 2, 3, 4, 9) })];
    expect(leastOriginBytes(spare({ player, peers }), 10)).toBeCloseTo(400, 6);
  });

  test('nobody who is in a hurry spares anything', () => {
    expect(leastOriginBytes(world({ origins: [origin(10)] }))).toBe(0);
  });
});

describe('a stream', () => {
  const player = { bytesPerS: 100, bufferBytes: 150 };

  test('starts when its buffer is there in whole pieces and hashed', () => {
    expect(startLimitS(world({ player, origins: [origin(100)] }))).toBeCloseTo(2 + HASHED_AFTER_S, 9);
  });

  test('or when there is as much as it wants to begin with', () => {
    expect(startLimitS(world({ player, origins: [origin(100)] }), 450)).toBeCloseTo(5 + HASHED_AFTER_S, 9);
  });

  test('need not stall when sources are as fast as it', () => {
    const stream = world({ player, origins: [origin(100)] });
    expect(stallLimitS(stream)).toBe(0);
    expect(canPlaySmoothly(stream)).toBe(true);
  });

  test('must wait for its last piece when they are not', () => {
    // 1000 bytes at 50 a second are there after 20 s; the last piece is due 9 s after the start at 4 s.
    const stream = world({ player, origins: [origin(50)] });
    expect(stallLimitS(stream)).toBeCloseTo(20 - (4 + 9), 9);
    expect(canPlaySmoothly(stream)).toBe(false);
  });

  test('must wait for pieces of which the only fast peer has none', () => {
    // Half of it is the origin's alone to bring: 500 bytes at 25 a second. The limit is searched for, to a thousandth.
    const peers = [peer(1_000, { pieces: having(0, 1, 2, 3, 4) })];
    const stream = world({ player, origins: [origin(25)], peers });
    expect(Math.abs(stallLimitS(stream, 2) - (20 - (2 + 9)))).toBeLessThan(0.05);
    expect(canPlaySmoothly(stream)).toBe(false);
    expect(canPlaySmoothly(world({ player, origins: [origin(100)], peers }))).toBe(true);
  });

  test('a later start makes up for it', () => {
    expect(stallLimitS(world({ player, origins: [origin(50)] }), 12)).toBe(0);
  });
});

test('peers bring no more than their rates, their pieces and the downlink allow', () => {
  const peers = [peer(100), peer(100, { pieces: having(0, 1) })];
  expect(mostOfPeers(world({ peers }), 1)).toBe(200);
  expect(mostOfPeers(world({ peers }), 4)).toBe(600);
  expect(mostOfPeers(world({ peers, downlinkBytesPerS: 120 }), 4)).toBe(480);
  expect(mostOfPeers(world({ peers }), 60)).toBe(1_000);
});

describe('the least that origins send to keep a promised rate', () => {
  /** 1000 bytes at 10 a second. */
  const least = (peers: readonly FluidPeerTraits[]) =>
    leastOriginBytes(world({ policy: 'spare-origin', leastBytesPerS: 10, peers, origins: [origin(100)] }));

  test.each<[string, readonly FluidPeerTraits[], number]>([
    ['is everything without peers', [], 1_000],
    ['is nothing when they keep it', [peer(10)], 0],
    ['is what they lack all along after the grace', [peer(5)], 492],
    // Five seconds of credit, however much came before; then nobody else brings anything.
    ['is what comes after they are gone', [peer(20, { death: { atS: 30, how: 'leaves' } })], 400],
    ['is what comes before they are here, but for the grace', [peer(100, { joinsAtS: 13 })], 100],
    ['is what they do not have', [peer(1_000, { pieces: Uint8Array.from([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]) })], 500],
  ])('%s', (_, peers, expected) => {
    expect(Math.abs(least(peers) - expected)).toBeLessThan(6);
  });
});
