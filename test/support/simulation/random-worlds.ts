import {
  type Death,
  type FluidOriginTraits,
  type FluidPeerTraits,
  type FluidWorld,
  pieceCountOf,
  somePieces,
} from './fluid-world.ts';
import { canPlaySmoothly } from './limits.ts';
import { type RateTrace, steady } from './rate-trace.ts';
import { seededChance } from './seeded-chance.ts';

const KIB = 1_024;
const PIECE_LENGTHS = [256 * KIB, 512 * KIB, 1_024 * KIB, 2_048 * KIB, 4_096 * KIB];
/** A torrent of fewer pieces would be made with shorter ones. */
const MIN_PIECES = 40;
/** Half a second of caution, which any scheduler needs, is much of a shorter time; a longer one proves no more. */
const MIN_DEADLINE_S = 30;
const MAX_DEADLINE_S = 300;
/** How long a download takes that is no faster than promised. */
const MIN_RATE_JOB_S = 30;
const MAX_RATE_JOB_S = 240;

type Dice = {
  readonly chance: () => number;
  /** A number between two, every order of magnitude equally likely. */
  readonly between: (low: number, high: number) => number;
  readonly happens: (probability: number) => boolean;
};

function diceOf(seed: number): Dice {
  const chance = seededChance(seed);
  return {
    chance,
    between: (low, high) => low * (high / low) ** chance(),
    happens: (probability) => chance() < probability,
  };
}

/** A download from 1 to 3 mirrors and up to 39 peers: 50 to 400 MB, with swings, deaths and peers that have a part. */
export function randomDownload(seed: number, lengthShare = 1): FluidWorld {
  const dice = diceOf(seed);
  const lengthBytes = Math.round(dice.between(50e6, 400e6) * lengthShare);
  const pieceLengthBytes = randomPieceLength(dice, lengthBytes);
  const origins = randomOrigins(dice, 1 + Math.floor(dice.chance() * 3), lengthBytes);
  const peers = randomPeers(dice, Math.floor(dice.chance() * 40), lengthBytes, pieceLengthBytes);
  const sum = [...origins, ...peers].reduce((total, { rate }) => total + (rate[0]?.bytesPerS ?? 0), 0);
  return {
    name: `download ${seed}`,
    seed,
    lengthBytes,
    pieceLengthBytes,
    downlinkBytesPerS: dice.happens(0.5) ? Number.POSITIVE_INFINITY : sum * dice.between(0.3, 1.5),
    peers,
    origins,
    policy: 'fastest',
    deadlineS: null,
    player: null,
  };
}

/** A download that spares its origin and has a deadline, by which peers could bring a fifth of it, or more than all. */
export function randomDeadlineJob(seed: number, lengthShare = 1): FluidWorld {
  const dice = diceOf(seed + 1_000_000);
  const lengthBytes = Math.round(dice.between(50e6, 400e6) * lengthShare);
  const pieceLengthBytes = randomPieceLength(dice, lengthBytes);
  const peers = randomPeers(dice, 1 + Math.floor(dice.chance() * 39), lengthBytes, pieceLengthBytes);
  const sumOfPeers = peers.reduce((total, { rate }) => total + (rate[0]?.bytesPerS ?? 0), 0);
  const wantedS = lengthBytes / (sumOfPeers * dice.between(0.7, 5));
  const deadlineS = Math.min(Math.max(wantedS, MIN_DEADLINE_S), MAX_DEADLINE_S);
  // It could bring all in a part of the time, so it may wait: the slower it is, the more must be guessed of the peers.
  const originRate = (lengthBytes / deadlineS) * dice.between(2.5, 10);
  return {
    name: `deadline ${seed}`,
    seed,
    lengthBytes,
    pieceLengthBytes,
    downlinkBytesPerS: Number.POSITIVE_INFINITY,
    peers,
    origins: [originOf(0, steady(originRate), dice.between(0.02, 0.4))],
    policy: 'spare-origin',
    deadlineS,
    player: null,
  };
}

/**
 * A download that spares its origins and is promised a rate, of which peers could bring a part or more than all. The first
 * origin could keep it alone at any time. Some peers come when much of it is over.
 */
export function randomRateJob(seed: number, lengthShare = 1): FluidWorld {
  const dice = diceOf(seed + 3_000_000);
  const lengthBytes = Math.round(dice.between(50e6, 400e6) * lengthShare);
  const pieceLengthBytes = randomPieceLength(dice, lengthBytes);
  const first = randomPeers(dice, 1 + Math.floor(dice.chance() * 15), lengthBytes, pieceLengthBytes);
  const sumOfPeers = first.reduce((total, { rate }) => total + (rate[0]?.bytesPerS ?? 0), 0);
  const wantedS = lengthBytes / (sumOfPeers * dice.between(0.3, 2));
  const lastsS = Math.min(Math.max(wantedS, MIN_RATE_JOB_S), MAX_RATE_JOB_S);
  const leastBytesPerS = lengthBytes / lastsS;
  const peers = first.map((peer) => (dice.happens(0.2) ? { ...peer, joinsAtS: dice.chance() * lastsS } : peer));
  const origins = Array.from({ length: dice.happens(0.3) ? 2 : 1 }, (_, index) => {
    const rate = dice.happens(0.5) ? steady(leastBytesPerS * dice.between(1.5, 8)) : swings(dice, leastBytesPerS);
    const origin = originOf(index, rate, dice.between(0.02, 0.4));
    return { ...origin, death: index > 0 ? randomDeath(dice, 'stalls' as const, lengthBytes) : null };
  });
  return {
    name: `rate ${seed}`,
    seed,
    lengthBytes,
    pieceLengthBytes,
    downlinkBytesPerS: Number.POSITIVE_INFINITY,
    peers,
    origins,
    policy: 'spare-origin',
    deadlineS: null,
    leastBytesPerS,
    player: null,
  };
}

/** An origin that swings, and never falls below what keeps a rate. */
function swings(dice: Dice, leastBytesPerS: number): RateTrace {
  const steps = [];
  for (let fromS = 0; fromS < 900; fromS += dice.between(1, 8)) {
    steps.push({ fromS, bytesPerS: leastBytesPerS * dice.between(1.5, 8) });
  }
  return steps;
}

/** A stream that can be played without a stall: where the sources could not bring it in time, the origin gets faster. */
export function randomStream(seed: number, lengthShare = 1): FluidWorld {
  const dice = diceOf(seed + 2_000_000);
  const bytesPerS = dice.between(0.3e6, 3e6);
  const lengthBytes = Math.round(bytesPerS * dice.between(60, 200) * lengthShare);
  const pieceLengthBytes = dice.happens(0.5) ? 256 * KIB : 512 * KIB;
  const peers = randomPeers(dice, Math.floor(dice.chance() * 25), lengthBytes, pieceLengthBytes);
  const roundTripS = dice.between(0.02, 0.3);
  for (let originRate = bytesPerS * dice.between(0.3, 3); ; originRate *= 1.2) {
    const world: FluidWorld = {
      name: `stream ${seed}`,
      seed,
      lengthBytes,
      pieceLengthBytes,
      downlinkBytesPerS: Number.POSITIVE_INFINITY,
      peers,
      origins: [originOf(0, steady(originRate), roundTripS)],
      policy: 'spare-origin',
      deadlineS: null,
      player: { bytesPerS, bufferBytes: bytesPerS / 2 },
    };
    if (canPlaySmoothly(world)) return world;
  }
}

function randomPieceLength(dice: Dice, lengthBytes: number): number {
  let index = Math.floor(dice.chance() * PIECE_LENGTHS.length);
  while (index > 0 && lengthBytes / (PIECE_LENGTHS[index] as number) < MIN_PIECES) index -= 1;
  return PIECE_LENGTHS[index] as number;
}

const originOf = (index: number, rate: RateTrace, firstByteS: number): FluidOriginTraits => ({
  name: `mirror${index}`,
  rate,
  firstByteS,
  death: null,
});

function randomOrigins(dice: Dice, count: number, lengthBytes: number): FluidOriginTraits[] {
  return Array.from({ length: count }, (_, index) => {
    const rate = randomRate(dice, 0.5e6, 12e6);
    const origin = originOf(index, rate, dice.between(0.02, 0.4));
    const how = dice.happens(0.5) ? 'closes' : dice.happens(0.5) ? 'busy' : 'stalls';
    // The first origin lives, so that every world can be finished.
    return { ...origin, death: index > 0 ? randomDeath(dice, how, lengthBytes) : null };
  });
}

function randomPeers(dice: Dice, count: number, lengthBytes: number, pieceLengthBytes: number): FluidPeerTraits[] {
  return Array.from({ length: count }, (_, index) => {
    const isPartial = dice.happens(0.3);
    const pieceCount = pieceCountOf({ lengthBytes, pieceLengthBytes });
    return {
      name: `peer${index}`,
      rate: randomRate(dice, 30e3, 1.5e6),
      roundTripS: dice.between(0.01, 0.4),
      joinsAtS: dice.between(0.1, 5),
      death: randomDeath(dice, dice.happens(0.5) ? 'leaves' : 'falls-silent', lengthBytes),
      pieces: isPartial ? somePieces(dice.chance, pieceCount, dice.between(0.1, 0.95)) : null,
      maxRequests: 250,
    };
  });
}

function randomDeath<How>(dice: Dice, how: How, lengthBytes: number): Death<How> | null {
  return dice.happens(0.15) ? { atS: dice.between(1, 1 + lengthBytes / 4e6), how } : null;
}

/** Half of the sources keep their rate; the others jump up to four times up or down every few seconds. */
function randomRate(dice: Dice, low: number, high: number): RateTrace {
  const mean = dice.between(low, high);
  if (dice.happens(0.5)) return steady(mean);
  const steps = [{ fromS: 0, bytesPerS: mean }];
  for (let fromS = dice.between(1, 8); fromS < 900; fromS += dice.between(1, 8)) {
    steps.push({ fromS, bytesPerS: mean * dice.between(0.25, 4) });
  }
  return steps;
}
