import { expect, test } from 'vitest';
import type { Policy } from '../../../src/model/policy.ts';
import { FluidNetwork } from '../../support/simulation/fluid-network.ts';
import type { FluidOriginTraits, FluidPeerTraits, FluidWorld } from '../../support/simulation/fluid-world.ts';
import { steady } from '../../support/simulation/rate-trace.ts';

const MB = 1_000_000;
const KIB = 1_024;
/** A film of 200 kB/s, as most are. */
const FILM_BYTES_PER_S = 200_000;
const BUFFER_S = 0.5;
/** From the jump to the picture; the store flushes what a player waits for at once. */
const MOST_AFTER_JUMP_S = 1.5;
const MOST_TO_START_S = 2;

const origin = (name: string, bytesPerS: number): FluidOriginTraits => ({
  name,
  rate: steady(bytesPerS),
  firstByteS: 0.05,
  death: null,
});
const peers = (count: number, bytesPerS: number): FluidPeerTraits[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `peer ${index}`,
    rate: steady(bytesPerS),
    roundTripS: 0.1,
    joinsAtS: 0.5 + index / 5,
    death: null,
    pieces: null,
    maxRequests: 250,
  }));

/** Forward to where nothing is, back to where it was, into the last part, and on by a little. */
const JUMPS = [
  { atS: 4, toByte: 30 * MB },
  { atS: 8, toByte: 12.3 * MB },
  { atS: 12, toByte: 45.1 * MB },
  { atS: 16, toByte: 47 * MB },
];

const world = (sources: Pick<FluidWorld, 'origins' | 'peers'>, policy: Policy): FluidWorld => ({
  name: 'a film with jumps',
  seed: 1,
  lengthBytes: 48 * MB,
  pieceLengthBytes: 256 * KIB,
  downlinkBytesPerS: Number.POSITIVE_INFINITY,
  policy,
  deadlineS: null,
  player: { bytesPerS: FILM_BYTES_PER_S, bufferBytes: BUFFER_S * FILM_BYTES_PER_S, jumps: JUMPS },
  ...sources,
});

test.each([
  ['one origin, four times as fast', [origin('a', 0.8 * MB)], [], 'fastest'],
  ['one fast origin', [origin('a', 8 * MB)], [], 'fastest'],
  ['three origins', [origin('a', 0.5 * MB), origin('b', 0.8 * MB), origin('c', 2 * MB)], [], 'fastest'],
  ['an origin and slow peers', [origin('a', MB)], peers(10, 0.06 * MB), 'fastest'],
  ['an origin that is spared, and peers that are enough', [origin('a', 4 * MB)], peers(3, 0.3 * MB), 'spare-origin'],
  ['an origin that is spared, and no peers', [origin('a', 4 * MB)], [], 'spare-origin'],
  ['an origin without peers', [origin('a', 4 * MB)], peers(3, 0.3 * MB), 'peers-off'],
] as const)('a jump to what is not there plays soon, and nothing stands still: %s', (_name, origins, swarm, policy) => {
  const network = new FluidNetwork(world({ origins, peers: swarm }, policy));
  network.run(20);
  const { player } = network;
  expect(player?.startedAtS).toBeLessThan(MOST_TO_START_S);
  expect(player?.jumpsS.length).toBe(JUMPS.length);
  expect(Math.max(...(player?.jumpsS ?? []))).toBeLessThan(MOST_AFTER_JUMP_S);
  expect(player?.stalls).toBe(0);
});
