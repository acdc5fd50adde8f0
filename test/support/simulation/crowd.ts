import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import { Download } from '../../../src/engine/transfer/download.ts';
import type { PeerId } from '../../../src/model/ids.ts';
import { FluidDepot, urlOfOrigin } from './fluid-depot.ts';
import { infoOf } from './fluid-network.ts';
import { blockOf, FluidPeer } from './fluid-peer.ts';
import type { FluidWorld } from './fluid-world.ts';
import { steady } from './rate-trace.ts';
import { seededChance } from './seeded-chance.ts';
import { StepClock } from './step-clock.ts';
import { arrivalS, originOnlyPeak, PIECE_BYTES, type SwarmPlan, type SwarmResult } from './swarm-plan.ts';
import { WORLD_BEGINS_MS } from './virtual-clock.ts';

const STEP_MS = 50;
const STEP_S = STEP_MS / 1_000;
const ROUND_TRIP_S = 0.1;
const MAX_REQUESTS = 250;
const ORIGIN = { name: 'origin', firstByteS: 0.2, death: null } as const;
/** Nobody's clicks fall together to the step. */
const ARRIVES_WITHIN_S = 1;

type Member = {
  readonly id: number;
  readonly deadlineS: number;
  /** One byte a piece, 1 for what its neighbours may ask for. */
  readonly held: Uint8Array;
  readonly depot: FluidDepot;
  readonly download: Download;
  /** Itself as each neighbour sees it, and each neighbour as it sees them. */
  readonly serves: Map<Member, FluidPeer>;
  readonly sources: Map<Member, FluidPeer>;
  heldPieces: number;
  hasLeft: boolean;
};

/**
 * A crowd of real downloads, each with the engine's own loop and plans, that share one file and one origin, of which each
 * may have as much as its link takes. What one has verified its neighbours may ask of it at once; it divides its upload
 * among all who ask, and claims are heard in the same step. `knowsOrigin` and `injects` have no meaning here. About a
 * millisecond of work for each member and second that is simulated.
 */
export function playCrowd(plan: SwarmPlan): Omit<SwarmResult, 'injected'> {
  const chance = seededChance(plan.seed);
  const clock = new StepClock(WORLD_BEGINS_MS);
  const nowS = () => (clock.nowMs() - clock.beganMs) / 1_000;
  const [uploadBytes, downloadBytes] = [plan.uploadRate, plan.downloadRate].map((rate) => rate * PIECE_BYTES * STEP_S);
  const world: FluidWorld = {
    name: plan.name,
    seed: plan.seed,
    lengthBytes: plan.pieces * PIECE_BYTES,
    pieceLengthBytes: PIECE_BYTES,
    downlinkBytesPerS: plan.downloadRate * PIECE_BYTES,
    peers: [],
    origins: [{ ...ORIGIN, rate: steady(plan.downloadRate * PIECE_BYTES) }],
    policy: 'spare-origin',
    deadlineS: plan.patienceS,
    player: null,
  };
  const arrivals = Array.from({ length: plan.peers }, (_, peer) => arrivalS(plan, peer) + chance() * ARRIVES_WITHIN_S);
  arrivals.sort((a, b) => a - b);
  const sentInSecond = new Map<number, number>();
  let present: Member[] = [];
  let arrived = 0;
  let originBytes = 0;
  let late = 0;

  const join = (id: number, arrivesS: number): Member => {
    const depot = new FluidDepot(world, nowS);
    const deadlineS = arrivesS + plan.patienceS;
    const patience = { type: 'deadline', atMs: clock.beganMs + deadlineS * 1_000 } as const;
    const member: Member = {
      id,
      deadlineS,
      held: new Uint8Array(plan.pieces),
      depot,
      download: new Download({
        info: infoOf(world),
        session: depot,
        clock,
        seed: Math.floor(chance() * 2 ** 31),
        origins: [urlOfOrigin(ORIGIN.name)],
        hostLimits: new HostLimits(),
        policy: () => world.policy,
        patience: () => patience,
        playback: () => null,
        claim: (pieces) => {
          for (const [other, self] of member.serves) other.download.claimed(self, pieces);
        },
        onVerified: (pieces) => {
          for (const { piece } of pieces) {
            member.held[piece] = 1;
            member.heldPieces += 1;
            for (const [other, self] of member.serves) other.download.peerChanged(self, piece);
          }
        },
        onFailed: (failure) => {
          throw new Error(`a download failed: ${failure.code}`);
        },
      }),
      serves: new Map(),
      sources: new Map(),
      heldPieces: 0,
      hasLeft: false,
    };
    return member;
  };

  const leave = (member: Member): void => {
    member.hasLeft = true;
    member.download.stop();
    for (const self of member.serves.values()) self.drop();
    for (const [other, peer] of member.sources) {
      peer.drop();
      other.serves.delete(member);
    }
    for (const other of member.serves.keys()) other.sources.delete(member);
  };

  /** Everybody meets half as many as they want; being met makes up for the rest. */
  const befriend = (member: Member): void => {
    const wanted = Math.min(Math.ceil(plan.neighbours / 2), present.length - 1);
    for (let tries = 0; member.sources.size < wanted && tries < 4 * plan.neighbours; tries++) {
      const other = present[Math.floor(chance() * present.length)] as Member;
      if (other === member || member.sources.has(other) || other.sources.size >= 2 * plan.neighbours) continue;
      connect(member, other);
      connect(other, member);
    }
  };

  const connect = (member: Member, to: Member): void => {
    const rate = steady(plan.uploadRate * PIECE_BYTES);
    const way = { rate, roundTripS: ROUND_TRIP_S, joinsAtS: 0, death: null, maxRequests: MAX_REQUESTS };
    const peer: FluidPeer = new FluidPeer({ ...way, name: `peer-${to.id}` as PeerId, pieces: to.held }, nowS, {
      block: (_, piece, offset, lengthBytes) => member.download.block(peer, piece, offset, blockOf(lengthBytes)),
      refused: (_, piece, offset) => member.download.refused(peer, piece, offset),
      bytesCame: () => undefined,
      left: () => member.download.peerLeft(peer),
    });
    member.sources.set(to, peer);
    to.serves.set(member, peer);
    peer.join();
    member.download.peerJoined(peer);
  };

  /** Uploads are divided among all who ask; where a downlink is too narrow, all that comes through it slows down alike. */
  const flow = (): void => {
    const offers = new Map<FluidPeer, number>();
    for (const { serves } of present) {
      let wanted = 0;
      for (const peer of serves.values()) {
        const bytes = peer.wants(STEP_S);
        if (bytes > 0) offers.set(peer, bytes);
        wanted += bytes;
      }
      const share = Math.min(1, (uploadBytes as number) / Math.max(wanted, 1));
      if (share < 1) for (const peer of serves.values()) offers.set(peer, (offers.get(peer) ?? 0) * share);
    }
    for (const { sources, depot } of present) {
      const [origin] = depot.origins;
      const fromOrigin = origin?.wants(STEP_S) ?? 0;
      let sum = fromOrigin;
      for (const peer of sources.values()) sum += offers.get(peer) ?? 0;
      const share = Math.min(1, (downloadBytes as number) / Math.max(sum, 1));
      for (const peer of sources.values()) {
        const bytes = (offers.get(peer) ?? 0) * share;
        if (bytes > 0) peer.send(bytes);
        peer.deliver();
      }
      const before = depot.originBytes;
      origin?.send(fromOrigin * share, STEP_S);
      originBytes += depot.originBytes - before;
      const second = Math.floor(nowS());
      sentInSecond.set(second, (sentInSecond.get(second) ?? 0) + depot.originBytes - before);
    }
  };

  for (let step = 1; arrived < plan.peers || present.length > 0; step++) {
    clock.passTo(clock.beganMs + step * STEP_MS);
    for (const member of present) {
      const isDone = member.heldPieces === plan.pieces;
      if (nowS() < member.deadlineS && !(plan.leavesWhenDone && isDone)) continue;
      if (!isDone) late += 1;
      leave(member);
    }
    present = present.filter(({ hasLeft }) => !hasLeft);
    while (arrived < plan.peers && (arrivals[arrived] as number) <= nowS()) {
      const member = join(arrived, arrivals[arrived] as number);
      present.push(member);
      arrived += 1;
      befriend(member);
    }
    flow();
    for (const { depot, download } of present) depot.tell((event) => download.hear(event));
    clock.settle();
  }
  const total = plan.peers * plan.pieces * PIECE_BYTES;
  return {
    offload: 1 - originBytes / total,
    peakPerS: Math.max(...sentInSecond.values()) / PIECE_BYTES,
    originOnlyPeakPerS: originOnlyPeak(plan),
    late,
  };
}
