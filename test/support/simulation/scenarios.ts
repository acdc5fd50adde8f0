import {
  type Death,
  type FluidOriginTraits,
  type FluidPeerTraits,
  type FluidPlayer,
  type FluidWorld,
  pieceCountOf,
  somePieces,
} from './fluid-world.ts';
import { type RateTrace, steady } from './rate-trace.ts';
import { seededChance } from './seeded-chance.ts';

const MB = 1e6;
const KIB = 1_024;
/** Round trips and first connections of a swarm go through these in turn. */
const ROUND_TRIPS_S = [0.03, 0.06, 0.1, 0.15, 0.25];
const FIRST_JOIN_S = 0.3;

type PeerOptions = {
  readonly joinFromS?: number;
  /** From the first connection to the last. */
  readonly joinForS?: number;
  readonly death?: (index: number) => FluidPeerTraits['death'];
  readonly rate?: (meanBytesPerS: number, index: number) => RateTrace;
  readonly pieces?: (index: number) => Uint8Array;
};

/** Peers whose rates go from half of the mean to one and a half of it, and add up to `sumBytesPerS`. */
function swarm(count: number, sumBytesPerS: number, options: PeerOptions = {}): FluidPeerTraits[] {
  const { joinFromS = FIRST_JOIN_S, joinForS = 2, rate = steady } = options;
  return Array.from({ length: count }, (_, index) => {
    const share = count === 1 ? 1 : 0.5 + index / (count - 1);
    return {
      name: `peer${index}`,
      rate: rate((sumBytesPerS / count) * share, index),
      roundTripS: ROUND_TRIPS_S[index % ROUND_TRIPS_S.length] as number,
      joinsAtS: joinFromS + (joinForS * index) / count,
      death: options.death?.(index) ?? null,
      pieces: options.pieces?.(index) ?? null,
      maxRequests: 250,
    };
  });
}

function mirrors(...ratesBytesPerS: readonly (number | RateTrace)[]): FluidOriginTraits[] {
  return ratesBytesPerS.map((rate, index) => ({
    name: `mirror${index}`,
    rate: typeof rate === 'number' ? steady(rate) : rate,
    firstByteS: 0.05 + 0.03 * index,
    death: null,
  }));
}

const dies = (origin: FluidOriginTraits, atS: number, how: 'closes' | 'stalls'): FluidOriginTraits => ({
  ...origin,
  death: { atS, how },
});

/** Jumps to between half and twice the mean (or wider) every 2 to 5 seconds. */
function swinging(meanBytesPerS: number, seed: number, factor = 2): RateTrace {
  const chance = seededChance(seed);
  const steps = [];
  for (let fromS = 0; fromS < 600; fromS += 2 + 3 * chance()) {
    steps.push({ fromS, bytesPerS: meanBytesPerS * factor ** (2 * chance() - 1) });
  }
  return steps;
}

type Sources = { readonly origins?: readonly FluidOriginTraits[]; readonly peers?: readonly FluidPeerTraits[] };

const world = (name: string, lengthBytes: number, { origins = [], peers = [] }: Sources): FluidWorld => ({
  name,
  seed: 7,
  lengthBytes,
  pieceLengthBytes: lengthBytes > 50 * MB ? 512 * KIB : 256 * KIB,
  downlinkBytesPerS: Number.POSITIVE_INFINITY,
  origins,
  peers,
  policy: 'fastest',
  deadlineS: null,
  player: null,
});

/**
 * Downloads as fast as possible. Deaths come at the same part of a download of any length: at 200 MB the mirror of E
 * dies after 10 s.
 */
export function namedDownloads(lengthBytes: number): FluidWorld[] {
  const scale = lengthBytes / (200 * MB);
  const three = mirrors(2 * MB, 5 * MB, 10 * MB);
  const withDeath = (how: 'closes' | 'stalls') => [...three.slice(0, 2), dies(three[2] as never, 10 * scale, how)];
  const third = (index: number): Death<'leaves' | 'falls-silent'> | null =>
    index % 3 === 0 ? { atS: (4 + index / 4) * scale, how: index % 2 === 0 ? 'leaves' : 'falls-silent' } : null;
  const chance = seededChance(40);
  const plain = world('H', lengthBytes, {});
  return [
    world('A 3 mirrors', lengthBytes, { origins: three }),
    world('B CDN, 20 peers', lengthBytes, { origins: mirrors(8 * MB), peers: swarm(20, 8.5 * MB) }),
    world('C CDN, 60 slow', lengthBytes, { origins: mirrors(3 * MB), peers: swarm(60, 6.7 * MB) }),
    world('D swings', lengthBytes, {
      origins: mirrors(swinging(2 * MB, 1), swinging(4 * MB, 2)),
      peers: swarm(15, 6 * MB, { rate: (mean, index) => swinging(mean, 10 + index) }),
    }),
    world('E mirror stalls', lengthBytes, { origins: withDeath('stalls') }),
    world('E mirror closes', lengthBytes, { origins: withDeath('closes') }),
    world('F peers die', lengthBytes, { origins: mirrors(5 * MB), peers: swarm(24, 10 * MB, { death: third }) }),
    { ...world('G downlink', lengthBytes, { origins: three }), downlinkBytesPerS: 6 * MB },
    world('H peers have 40 %', lengthBytes, {
      origins: mirrors(4 * MB),
      peers: swarm(20, 7.8 * MB, { pieces: () => somePieces(chance, pieceCountOf(plain), 0.4) }),
    }),
  ];
}

/** The worlds of E and F with nobody dying: what a death costs is the difference. */
export function withoutDeaths(of: FluidWorld): FluidWorld {
  return {
    ...of,
    name: `${of.name}, nobody dies`,
    origins: of.origins.map((origin) => ({ ...origin, death: null })),
    peers: of.peers.map((peer) => ({ ...peer, death: null })),
  };
}

/** Streams of 1 MB/s that spare their origin; 100 MB at `lengthShare` 1, and what happens in them comes accordingly. */
export function namedStreams(lengthShare = 1): FluidWorld[] {
  const player: FluidPlayer = { bytesPerS: MB, bufferBytes: MB / 2 };
  const stream = (name: string, sources: Sources): FluidWorld => ({
    ...world(name, 100 * MB * lengthShare, sources),
    pieceLengthBytes: 256 * KIB,
    policy: 'spare-origin',
    player,
  });
  const soon = { joinForS: 0.5 };
  const allDie = () => ({ atS: 40 * lengthShare, how: 'falls-silent' as const });
  return [
    stream('S1 enough peers', { origins: mirrors(3 * MB), peers: swarm(10, 1.5 * MB, soon) }),
    stream('S2 peers lack', { origins: mirrors(3 * MB), peers: swarm(6, 0.6 * MB, soon) }),
    stream('S3 barely enough', {
      origins: mirrors(0.6 * MB),
      peers: swarm(5, 0.5 * MB, { joinFromS: 1, joinForS: 1 }),
    }),
    stream('S4 peers flap', {
      origins: mirrors(1.5 * MB),
      peers: swarm(10, 1.3 * MB, { ...soon, rate: (mean, index) => swinging(mean, 50 + index, Math.sqrt(12)) }),
    }),
    stream('S5 peers die', { origins: mirrors(3 * MB), peers: swarm(10, 1.5 * MB, { ...soon, death: allDie }) }),
    stream('S6 no CDN', { peers: swarm(8, 1.2 * MB, soon) }),
    stream('S7 CDN dies', {
      origins: mirrors(3 * MB).map((origin) => dies(origin, 30 * lengthShare, 'stalls')),
      peers: swarm(10, 1.3 * MB, soon),
    }),
  ];
}

/** Downloads that spare their origin and must be done by a moment. */
export function deadlineJobs(): FluidWorld[] {
  const job = (name: string, megabytes: number, deadlineS: number, sources: Sources): FluidWorld => ({
    ...world(name, megabytes * MB, sources),
    policy: 'spare-origin',
    deadlineS,
  });
  const halfDie = (index: number) => (index % 2 === 0 ? { atS: 40, how: 'falls-silent' as const } : null);
  return [
    job('J1 50 MB in 20 s', 50, 20, { origins: mirrors(10 * MB), peers: swarm(8, 1.5 * MB) }),
    job('J2 100 MB in 60 s', 100, 60, { origins: mirrors(8 * MB), peers: swarm(10, 1 * MB) }),
    job('J3 peers suffice', 200, 120, { origins: mirrors(5 * MB), peers: swarm(20, 2 * MB) }),
    job('J4 half die', 200, 100, { origins: mirrors(8 * MB), peers: swarm(20, 2 * MB, { death: halfDie }) }),
    job('J5 peers come late', 200, 150, {
      origins: mirrors(6 * MB),
      peers: swarm(12, 1 * MB, { joinFromS: 30, joinForS: 30 }),
    }),
  ];
}
