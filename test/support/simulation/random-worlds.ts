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
 * A download that spares its origin and has a least rate, of which peers could bring a third, or five times as much. They
 * come and go and fall silent all along; the origin could keep it up alone.
 */
export function randomRateJob(seed: number, lengthShare = 1): FluidWorld {
  const dice = diceOf(seed + 3_000_000);
  const lengthBytes = Math.round(dice.between(20e6, 200e6) * lengthShare);
  const pieceLengthBytes = dice.happens(0.5) ? 256 * KIB : 512 * KIB;
  const lastsS = dice.between(40, 150) * lengthShare;
  const leastBytesPerS = lengthBytes / lastsS;
  const settled = randomPeers(dice, 1 + Math.floor(dice.chance() * 24), lengthBytes, pieceLengthBytes);
  const sumOfPeers = settled.reduce((total, { rate }) => total + (rate[0]?.bytesPerS ?? 0), 0);
  const share = (leastBytesPerS * dice.between(0.33, 5)) / sumOfPeers;
  const peers = settled.map((peer) => {
    const rate = peer.rate.map(({ fromS, bytesPerS }) => ({ fromS, bytesPerS: bytesPerS * share }));
    const death = dice.happens(0.3) ? deathWithin(dice, lastsS) : peer.death;
    if (!dice.happens(0.3)) return { ...peer, rate, death };
    // Nobody can leave to a peer what only it has, before it is there: who comes late has everything.
    return { ...peer, rate, death, joinsAtS: dice.between(1, lastsS), pieces: null };
  });
  return {
    name: `rate ${seed}`,
    seed,
    lengthBytes,
    pieceLengthBytes,
    downlinkBytesPerS: Number.POSITIVE_INFINITY,
    peers,
    origins: [originOf(0, steady(leastBytesPerS * dice.between(1.3, 8)), dice.between(0.02, 0.4))],
    policy: 'spare-origin',
    deadlineS: null,
    leastBytesPerS,
    player: null,
  };
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

const deathWithin = (dice: Dice, withinS: number): Death<'leaves' | 'falls-silent'> => ({
  atS: dice.between(1, withinS),
  how: dice.happens(0.5) ? 'leaves' : 'falls-silent',
});

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
