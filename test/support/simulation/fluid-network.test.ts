import { expect, test } from 'vitest';
import { FluidNetwork } from './fluid-network.ts';
import { FluidPlayer } from './fluid-player.ts';
import type { FluidOriginTraits, FluidPeerTraits, FluidWorld } from './fluid-world.ts';
import { randomDownload } from './random-worlds.ts';
import { steady } from './rate-trace.ts';
import { runWorld } from './run-world.ts';

const origin = (name: string, bytesPerS: number): FluidOriginTraits => ({
  name,
  rate: steady(bytesPerS),
  firstByteS: 0.1,
  death: null,
});

const peer = (name: string, bytesPerS: number): FluidPeerTraits => ({
  name,
  rate: steady(bytesPerS),
  roundTripS: 0.1,
  joinsAtS: 0,
  death: null,
  pieces: null,
  maxRequests: 250,
});

const world = (more: Partial<FluidWorld>): FluidWorld => ({
  name: 'small',
  seed: 3,
  lengthBytes: 20_000_000,
  pieceLengthBytes: 262_144,
  downlinkBytesPerS: Number.POSITIVE_INFINITY,
  peers: [],
  origins: [],
  policy: 'fastest',
  deadlineS: null,
  player: null,
  ...more,
});

test.each<[string, Partial<FluidWorld>]>([
  ['one origin', { origins: [origin('cdn', 4e6)] }],
  ['one peer', { peers: [peer('ann', 4e6)] }],
  ['an origin behind a narrow downlink', { origins: [origin('cdn', 9e6)], downlinkBytesPerS: 4e6 }],
])('the network itself loses next to nothing: %s is at its limit', (_name, sources) => {
  const outcome = runWorld(world(sources));
  expect(outcome.ratio).toBeGreaterThan(1);
  // The download's own caution with a source that has shown nothing yet is in it.
  expect(outcome.tookS).toBeLessThan(outcome.limitS + 0.5);
  expect(Math.abs(outcome.wastedBytes)).toBe(0);
});

test('every byte that crossed the downlink is of the file or was wasted, and no second carries too many', () => {
  const both = { origins: [origin('cdn', 3e6)], peers: [peer('ann', 1e6), peer('bob', 2e6)] };
  const network = new FluidNetwork(world({ ...both, downlinkBytesPerS: 4.5e6 }));
  let before = 0;
  let nextS = 1;
  network.run(60, ({ nowS, depot, peerBytes }) => {
    if (nowS < nextS) return;
    const sum = depot.originBytes + peerBytes;
    expect(sum - before).toBeLessThan(4.5e6 + 3 * 16_384);
    before = sum;
    nextS += 1;
  });
  expect(network.wholeBytes).toBe(20_000_000);
  expect(network.readyByte).toBe(20_000_000);
  expect(network.depot.originBytes + network.peerBytes).toBeGreaterThanOrEqual(20_000_000);
});

test('the same world twice is the same to the last decision', () => {
  const log = () => {
    const lines: string[] = [];
    const { tookS, wastedBytes, originBytes, asks } = runWorld(randomDownload(17, 0.1), {
      trace: (atS, line) => lines.push(`${atS} ${line}`),
    });
    return { lines, tookS, wastedBytes, originBytes, asks };
  };
  const first = log();
  expect(first.lines.length).toBeGreaterThan(5);
  expect(log()).toEqual(first);
});

test('a player starts when the real one would, and counts the time for which it runs dry', () => {
  const traits = { bytesPerS: 100, bufferBytes: 50 };
  /** Bytes that must be there before it begins, with sources of this pace. */
  const enoughAt = (sourceBytesPerS: number) => {
    const player = new FluidPlayer(traits, 10_000, 10);
    for (let readyByte = 1; player.startedAtS === null; readyByte++) player.step(0.1, 0.1, readyByte, sourceBytesPerS);
    return player.startBytes;
  };
  const [slow, fast] = [enoughAt(100), enoughAt(1_000)];
  expect(fast).toBeGreaterThanOrEqual(traits.bufferBytes);
  expect(slow).toBeGreaterThan(fast);
  const player = new FluidPlayer(traits, 300, 10);
  const playTo = (untilS: number, fromS: number, readyByte: number) => {
    for (let step = Math.round(fromS * 10) + 1; step <= Math.round(untilS * 10); step++)
      player.step(step / 10, 0.1, readyByte, 1_000);
  };
  playTo(1, 0, fast - 1);
  expect(player.startedAtS).toBeNull();
  playTo(2, 1, 100);
  expect(player.startedAtS).toBe(1.1);
  playTo(4, 2, 120);
  expect(player).toMatchObject({ positionByte: 120, stalls: 1 });
  playTo(10, 4, 300);
  expect(player.isDone).toBe(true);
  // Dry at 120 bytes, 1.2 s after it started at 1.1 s; on again with the first step of new bytes, at 4.1 s.
  expect(player.stallS).toBeCloseTo(4.1 - 2.3, 6);
});
