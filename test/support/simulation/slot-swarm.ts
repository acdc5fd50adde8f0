import {
  type GateView,
  injectedPiece,
  injectionAlpha,
  originAllowanceBytes,
} from '../../../src/engine/schedule/spare-origin.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { seededChance } from './seeded-chance.ts';
import { arrivalS, originOnlyPeak, PIECE_BYTES, type SwarmPlan, type SwarmResult } from './swarm-plan.ts';

/** As the rate meter of a transfer forgets. */
export const FORGET_PER_S = Math.exp(-1 / 2);
/** From asking an origin to its first byte: claims are heard meanwhile. */
export const FIRST_BYTE_S = 1;

const State = { missing: 0, inRun: 1, held: 2 } as const;

type Member = {
  readonly id: number;
  readonly deadlineS: number;
  readonly seed: number;
  readonly states: Uint8Array;
  /** How many neighbours have each piece, and how many have it or claim it. */
  readonly holders: Uint8Array;
  readonly covered: Uint8Array;
  readonly neighbours: Member[];
  /** Pieces asked of origins, in the order in which they come; the first `due` of them come in this slot. */
  readonly queue: number[];
  due: number;
  held: number;
  fromPeersNow: number;
  peerWeight: number;
  hasSeenOrigin: boolean;
};

/**
 * Plays a swarm piece by piece, in slots of one second. What a peer asks of origins is decided by the engine's own
 * functions; claims reach its neighbours before the next slot. Uploaders serve the neighbour they happen upon, rarest
 * piece first. The last peer's deadline ends it.
 */
export function playSlotSwarm(plan: SwarmPlan): SwarmResult {
  const { peers, pieces, patienceS } = plan;
  const chance = seededChance(plan.seed);
  const present: Member[] = [];
  const counts = { fromOrigins: 0, injected: 0, late: 0, peakPerS: 0 };
  let arrived = 0;
  for (let slot = 0; arrived < peers || present.length > 0; slot++) {
    for (let i = present.length - 1; i >= 0; i--) {
      const member = present[i] as Member;
      const isDone = plan.leavesWhenDone && member.held === pieces;
      if (member.deadlineS > slot && !isDone) continue;
      if (member.held < pieces) counts.late += 1;
      present.splice(i, 1);
      leave(member);
    }
    while (arrived < peers && arrivalS(plan, arrived) <= slot) {
      present.push(newMember(arrived, slot + patienceS, plan, chance));
      arrived += 1;
    }
    for (const member of present) befriend(member, present, plan, chance);
    const claims = present.map((member) => askOrigins(member, slot, plan, counts, chance));
    for (const [i, claimed] of claims.entries()) {
      for (const piece of claimed) for (const other of (present[i] as Member).neighbours) bump(other.covered, piece, 1);
    }
    const gained: [Member, number][] = [];
    exchange(present, plan, gained, chance);
    const sent = present.reduce((sum, member) => sum + receiveFromOrigins(member, plan, gained), 0);
    counts.fromOrigins += sent;
    counts.peakPerS = Math.max(counts.peakPerS, sent);
    for (const [member, piece] of gained) tellNeighbours(member, piece);
    for (const member of present) measure(member);
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

function newMember(id: number, deadlineS: number, { pieces, knowsOrigin }: SwarmPlan, chance: () => number): Member {
  return {
    id,
    deadlineS,
    seed: Math.floor(chance() * 2 ** 31),
    states: new Uint8Array(pieces),
    holders: new Uint8Array(pieces),
    covered: new Uint8Array(pieces),
    neighbours: [],
    queue: [],
    due: 0,
    held: 0,
    fromPeersNow: 0,
    peerWeight: 0,
    hasSeenOrigin: knowsOrigin,
  };
}

const bump = (counts: Uint8Array, piece: number, by: number) => {
  counts[piece] = (counts[piece] ?? 0) + by;
};

/** Meets others until it knows enough of them; whoever is met knows it too, up to twice as many. */
function befriend(member: Member, present: readonly Member[], plan: SwarmPlan, chance: () => number): void {
  const wanted = Math.min(plan.neighbours / 2, present.length - 1);
  for (let tries = 0; member.neighbours.length < wanted || tries === 0; tries++) {
    if (member.neighbours.length >= wanted || tries > 4 * plan.neighbours) return;
    const other = present[Math.floor(chance() * present.length)] as Member;
    if (other === member || other.neighbours.length >= 2 * plan.neighbours) continue;
    if (member.neighbours.includes(other)) continue;
    connect(member, other);
    connect(other, member);
  }
}

function connect(member: Member, other: Member): void {
  member.neighbours.push(other);
  for (const [piece, state] of other.states.entries()) {
    if (state === State.held) bump(member.holders, piece, 1);
    if (state !== State.missing) bump(member.covered, piece, 1);
  }
}

function leave(member: Member): void {
  for (const other of member.neighbours) {
    other.neighbours.splice(other.neighbours.indexOf(member), 1);
    for (const [piece, state] of member.states.entries()) {
      if (state === State.held) bump(other.holders, piece, -1);
      if (state !== State.missing) bump(other.covered, piece, -1);
    }
  }
}

/** Asks origins for what the engine's functions say, and returns the pieces that are claimed by that. */
function askOrigins(
  member: Member,
  slot: number,
  plan: SwarmPlan,
  counts: { injected: number },
  chance: () => number,
): readonly number[] {
  const missing = plan.pieces - member.held;
  if (missing === 0) return [];
  const claimed: number[] = [];
  const ask = (piece: number) => {
    member.states[piece] = State.inRun;
    member.queue.push(piece);
    claimed.push(piece);
  };
  if (plan.injects) {
    const unclaimed: PieceIndex[] = [];
    for (let piece = 0; piece < plan.pieces; piece++) {
      if (member.states[piece] === State.missing && member.covered[piece] === 0) unclaimed.push(piece as PieceIndex);
    }
    const piece = injectedPiece({
      seed: member.seed,
      nowMs: slot * 1_000,
      neighbours: member.neighbours.length,
      unclaimed,
      alpha: injectionAlpha(unclaimed.length, member.deadlineS - slot),
    });
    if (piece !== null) {
      ask(piece);
      counts.injected += 1;
    }
  }
  const allowed = Math.ceil(originAllowanceBytes(gateOf(member, slot, plan)) / PIECE_BYTES);
  // What nobody near has is worth most to the others.
  for (let covered = 0, left = allowed; left > 0 && covered <= 2 * plan.neighbours; covered++) {
    const from = Math.floor(chance() * plan.pieces);
    for (let i = 0; i < plan.pieces && left > 0; i++) {
      const piece = (from + i) % plan.pieces;
      if (member.states[piece] !== State.missing || member.covered[piece] !== covered) continue;
      ask(piece);
      left -= 1;
    }
  }
  return claimed;
}

function gateOf(member: Member, slot: number, plan: SwarmPlan): GateView {
  const leftS = member.deadlineS - slot;
  const missingBytes = (plan.pieces - member.held) * PIECE_BYTES;
  const inFlightOriginBytes = member.queue.length * PIECE_BYTES;
  return {
    freeBytes: missingBytes - inFlightOriginBytes,
    inFlightOriginBytes,
    inFlightPeerBytes: 0,
    peerBytesPerS: member.peerWeight * (1 - FORGET_PER_S) * PIECE_BYTES,
    peerRoundTripS: 0.1,
    originBytesPerS: member.hasSeenOrigin ? plan.downloadRate * PIECE_BYTES : null,
    originFirstByteS: FIRST_BYTE_S,
    dueBytes: (horizonS) => (horizonS >= leftS ? missingBytes : 0),
    lastHorizonS: leftS,
  };
}

/**
 * What was asked for in an earlier slot comes now, as fast as the link takes it. Twenty thin streams from peers and a
 * wide one from an origin share a link fairly when the wide one has what the thin ones leave.
 */
function receiveFromOrigins(member: Member, plan: SwarmPlan, gained: [Member, number][]): number {
  const come = Math.min(member.due, plan.downloadRate - member.fromPeersNow);
  for (const piece of member.queue.splice(0, come)) gained.push([member, piece]);
  if (come > 0) member.hasSeenOrigin = true;
  member.due = member.queue.length;
  return come;
}

/** Every peer that has something uploads to neighbours that lack it. What is gained in a slot is shared in the next. */
function exchange(present: readonly Member[], plan: SwarmPlan, gained: [Member, number][], chance: () => number): void {
  const order = [...present];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [order[i], order[j]] = [order[j] as Member, order[i] as Member];
  }
  const coming = new Set<number>();
  for (const uploader of order) {
    for (let sent = 0; sent < plan.uploadRate && uploader.held > 0; sent++)
      serveOne(uploader, plan, coming, gained, chance);
  }
}

function serveOne(
  uploader: Member,
  plan: SwarmPlan,
  coming: Set<number>,
  gained: [Member, number][],
  chance: () => number,
): void {
  const { neighbours } = uploader;
  const from = Math.floor(chance() * neighbours.length);
  for (let i = 0; i < neighbours.length; i++) {
    const receiver = neighbours[(from + i) % neighbours.length] as Member;
    if (receiver.held === plan.pieces) continue;
    if (receiver.fromPeersNow >= plan.downloadRate) continue;
    const piece = rarestFor(receiver, uploader, coming, Math.floor(chance() * plan.pieces));
    if (piece === -1) continue;
    coming.add(receiver.id * plan.pieces + piece);
    receiver.fromPeersNow += 1;
    gained.push([receiver, piece]);
    return;
  }
}

function rarestFor(receiver: Member, uploader: Member, coming: ReadonlySet<number>, from: number): number {
  const { states, holders } = receiver;
  let best = -1;
  let fewest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < states.length; i++) {
    const piece = from + i < states.length ? from + i : from + i - states.length;
    if (states[piece] !== State.missing || uploader.states[piece] !== State.held) continue;
    const count = holders[piece] ?? 0;
    if (count >= fewest || coming.has(receiver.id * states.length + piece)) continue;
    best = piece;
    fewest = count;
  }
  return best;
}

function tellNeighbours(member: Member, piece: number): void {
  const wasClaimed = member.states[piece] === State.inRun;
  member.states[piece] = State.held;
  member.held += 1;
  for (const other of member.neighbours) {
    bump(other.holders, piece, 1);
    if (!wasClaimed) bump(other.covered, piece, 1);
  }
}

function measure(member: Member): void {
  member.peerWeight = member.peerWeight * FORGET_PER_S + member.fromPeersNow;
  member.fromPeersNow = 0;
}
