import { injectedPiece, injectionAlpha, originAllowanceBytes } from '../../../src/engine/schedule/spare-origin.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { seededChance } from './seeded-chance.ts';
import { FIRST_BYTE_S, FORGET_PER_S } from './slot-swarm.ts';
import { arrivalS, originOnlyPeak, PIECE_BYTES, type SwarmPlan, type SwarmResult } from './swarm-plan.ts';

/**
 * The same swarm as `playSlotSwarm`, for crowds of a million: each peer is a handful of numbers, pieces are a liquid, and
 * a neighbourhood is a sample of the swarm's mean. Peers share out the sum of all uploads; who has less than one piece
 * uploads that part of its rate. What a peer asks of origins is decided by the engine's own functions, peer by peer.
 * Takes time in proportion to peers, per second that is simulated.
 */
export function playFluidSwarm(plan: SwarmPlan): SwarmResult {
  const { peers, pieces, neighbours, uploadRate, downloadRate, patienceS } = plan;
  const chance = seededChance(plan.seed);
  const seeds = Uint32Array.from({ length: peers }, () => chance() * 2 ** 31);
  const got = new Float64Array(peers);
  /** Pieces asked of origins that are not here, and those of them that the link may bring now. */
  const inRun = new Float64Array(peers);
  const dueNow = new Float64Array(peers);
  const peerWeight = new Float64Array(peers);
  const knowsOrigin = new Uint8Array(peers).fill(Number(plan.knowsOrigin));
  const lists = Array.from({ length: pieces + 1 }, (_, length) =>
    Array.from({ length }, (_, piece) => piece as PieceIndex),
  );
  const counts = { fromOrigins: 0, injected: 0, late: 0, peakPerS: 0 };
  const allowedPieces = gateOfEqualPeers(plan);
  /** Different pieces that somebody present has. */
  let inSwarm = 0;
  let first = 0;
  let arrived = 0;
  for (let now = 0; first < peers; now++) {
    while (first < arrived && arrivalS(plan, first) + patienceS <= now) {
      if (!isDone(got[first] as number)) counts.late += 1;
      first += 1;
    }
    while (arrived < peers && arrivalS(plan, arrived) <= now) arrived += 1;
    let present = 0;
    let covered = 0;
    let nowhere = 0;
    for (let i = first; i < arrived; i++) {
      const held = got[i] as number;
      if (plan.leavesWhenDone && isDone(held)) continue;
      present += 1;
      covered += held + (inRun[i] as number);
      if (plan.leavesWhenDone) nowhere += Math.log(1 - held / pieces);
    }
    // Who leaves takes along what nobody else has.
    if (present === 0) inSwarm = 0;
    else if (plan.leavesWhenDone) inSwarm = Math.min(inSwarm, pieces * (1 - Math.exp(nowhere)));
    const near = Math.min(neighbours, present - 1);
    const density = covered === 0 ? 0 : Math.min(covered / (present * Math.max(inSwarm, 1)), 1);
    const notNear = pieces - inSwarm + inSwarm * (1 - density) ** near;

    let uploads = 0;
    let demand = 0;
    for (let i = first; i < arrived; i++) {
      const held = got[i] as number;
      if (!plan.leavesWhenDone || !isDone(held)) uploads += uploadRate * Math.min(held, 1);
      if (isDone(held)) continue;
      let asked = inRun[i] as number;
      const missing = pieces - held;
      const dueInS = arrivalS(plan, i) + patienceS - now;
      if (plan.injects) {
        const unclaimed = Math.floor(Math.min(notNear, missing - asked) + chance());
        const piece = injectedPiece({
          seed: seeds[i] as number,
          nowMs: now * 1_000,
          neighbours: near,
          unclaimed: lists[unclaimed] ?? [],
          alpha: injectionAlpha(unclaimed, dueInS),
        });
        if (piece !== null && missing - asked > 0) {
          asked += Math.min(1, missing - asked);
          counts.injected += 1;
        }
      }
      const allowed = allowedPieces(missing, asked, peerWeight[i] as number, knowsOrigin[i] === 1, dueInS);
      asked = Math.min(asked + allowed, missing);
      inRun[i] = asked;
      demand += demandOf(held, asked);
    }

    const served = demand === 0 ? 0 : Math.min(uploads / demand, 1);
    let sentByOrigins = 0;
    for (let i = first; i < arrived; i++) {
      const held = got[i] as number;
      const asked = inRun[i] as number;
      const fromPeers = demandOf(held, asked) * served;
      const fromOrigins = Math.min(dueNow[i] as number, downloadRate - fromPeers, asked);
      if (fromOrigins > 0) knowsOrigin[i] = 1;
      sentByOrigins += fromOrigins;
      inRun[i] = asked - fromOrigins;
      dueNow[i] = asked - fromOrigins;
      got[i] = Math.min(held + fromOrigins + fromPeers, pieces);
      peerWeight[i] = (peerWeight[i] as number) * FORGET_PER_S + fromPeers;
    }
    counts.fromOrigins += sentByOrigins;
    counts.peakPerS = Math.max(counts.peakPerS, sentByOrigins);
    // Peers take from origins what nobody near has: new to the swarm, or on its way to them from afar.
    inSwarm = pieces - (pieces - inSwarm) * Math.exp(-sentByOrigins / Math.max(notNear, 1));
    if (pieces - inSwarm < 0.5) inSwarm = pieces;
  }

  function isDone(held: number): boolean {
    return held > pieces - 1e-6;
  }

  /** What a peer takes from peers in a second: no more than its link, and only what the swarm has. */
  function demandOf(held: number, asked: number): number {
    return Math.max(Math.min(downloadRate, inSwarm - held, pieces - held - asked), 0);
  }

  const total = peers * pieces;
  return {
    offload: 1 - counts.fromOrigins / total,
    injected: counts.injected / total,
    peakPerS: counts.peakPerS,
    originOnlyPeakPerS: originOnlyPeak(plan),
    late: counts.late,
  };
}

/** The engine's gate for one peer after another; who is exactly like the peer before gets the same answer. */
function gateOfEqualPeers({ downloadRate }: SwarmPlan) {
  let missingBytes = 0;
  let dueInS = 0;
  const dueBytes = (horizonS: number) => (horizonS >= dueInS ? missingBytes : 0);
  let last = { missing: -1, asked: 0, weight: 0, knows: false, dueInS: 0, allowed: 0 };
  return (missing: number, asked: number, weight: number, knows: boolean, leftS: number): number => {
    const isSame = missing === last.missing && asked === last.asked && weight === last.weight && knows === last.knows;
    if (isSame && leftS === last.dueInS) return last.allowed;
    missingBytes = missing * PIECE_BYTES;
    dueInS = leftS;
    const bytes = originAllowanceBytes({
      freeBytes: (missing - asked) * PIECE_BYTES,
      inFlightOriginBytes: asked * PIECE_BYTES,
      inFlightPeerBytes: 0,
      peerBytesPerS: weight * (1 - FORGET_PER_S) * PIECE_BYTES,
      peerRoundTripS: 0.1,
      originBytesPerS: knows ? downloadRate * PIECE_BYTES : null,
      originFirstByteS: FIRST_BYTE_S,
      dueBytes,
      lastHorizonS: leftS,
    });
    last = { missing, asked, weight, knows, dueInS: leftS, allowed: Math.ceil(bytes / PIECE_BYTES) };
    return last.allowed;
  };
}
