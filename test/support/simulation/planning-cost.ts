import { PieceMap, PieceState } from '../../../src/engine/schedule/piece-map.ts';
import { plan } from '../../../src/engine/schedule/plan.ts';
import type { Decision, Owed, PeerView, PlanView, RunView } from '../../../src/engine/schedule/plan-view.ts';
import { RarestOrder } from '../../../src/engine/schedule/rarest-first.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { seededChance } from './seeded-chance.ts';

const MIB = 1_048_576;
const PEERS = 57;
const ORIGINS = 3;
const REQUESTS = 12;
const PLANS = 20;
const MOMENTS = { start: 1, middle: 0.5, end: 0.0008 } as const;

type Peer = { -readonly [Key in keyof PeerView]: PeerView[Key] } & { readonly queue: Owed[] };

/** What planning costs the more pieces there are, with 60 sources: milliseconds a plan, as a table. */
export function tabulatePlanningCost(isQuick: boolean): string {
  const sizes = isQuick ? [1_000, 50_000] : [1_000, 10_000, 50_000, 200_000];
  const lines = sizes.flatMap((pieces) =>
    Object.entries(MOMENTS).map(([moment, freeShare]) => {
      const { first, later } = costOf(pieces, freeShare, isQuick ? 5 : 15);
      const name = `${pieces} pieces, ${moment}`.padEnd(24);
      return `${name} first plan ${first.toFixed(2)} ms, later ones ${later.toFixed(3)} ms (medians)`;
    }),
  );
  return lines.join('\n');
}

function costOf(pieces: number, freeShare: number, rounds: number): { first: number; later: number } {
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const world = new CostWorld(pieces, freeShare, round + 1);
    first.push(world.planOnce());
    for (let i = 0; i < PLANS; i++) {
      world.deliver();
      later.push(world.planOnce());
    }
  }
  return { first: medianOf(first), later: medianOf(later) };
}

const medianOf = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** A download in mid-air: every peer brings two blocks between two plans. */
class CostWorld {
  readonly #map: PieceMap;
  readonly #holders: Uint16Array;
  readonly #rarest: RarestOrder;
  readonly #peers: Peer[];
  readonly #runs: RunView[] = [];
  #nowMs = 0;

  constructor(pieces: number, freeShare: number, seed: number) {
    const chance = seededChance(seed);
    const states = Uint8Array.from({ length: pieces }, () =>
      chance() < freeShare ? PieceState.free : PieceState.held,
    );
    this.#map = new PieceMap(MIB, pieces * MIB, states);
    this.#holders = Uint16Array.from({ length: pieces }, () => Math.floor(chance() * PEERS));
    this.#rarest = new RarestOrder(this.#map.states, this.#holders, seed);
    this.#peers = Array.from({ length: PEERS }, (_, index) => newPeer(index, chance));
  }

  /** Returns the milliseconds that it took. */
  planOnce(): number {
    const view = this.#view();
    const startedAt = performance.now();
    const decisions = plan(view);
    const took = performance.now() - startedAt;
    for (const decision of decisions) this.#carryOut(decision);
    return took;
  }

  deliver(): void {
    this.#nowMs += 20;
    for (const peer of this.#peers) {
      for (const { piece, block } of peer.queue.splice(0, 2)) this.#map.came(piece, block);
      this.#settle(peer);
    }
  }

  #view(): PlanView {
    const origins = Array.from({ length: ORIGINS }, (_, index) => ({
      origin: `https://origin${index}.test/` as OriginUrl,
      maxRuns: 3,
      rateBytesPerS: 2e6,
      firstByteMs: 100,
      silentS: 0,
      ignoresRanges: false,
      barred: new Set<PieceIndex>(),
    }));
    return {
      nowMs: this.#nowMs,
      policy: 'fastest',
      demand: null,
      playback: null,
      map: this.#map,
      holders: this.#holders,
      rarest: () => this.#rarest.at(this.#nowMs),
      hasOrphans: this.#rarest.hasOrphans,
      claimed: new Set(),
      suspect: new Set(),
      origins,
      runs: this.#runs,
      peers: this.#peers,
      wasteAllowanceBytes: MIB,
      seed: 5,
    };
  }

  #carryOut(decision: Decision): void {
    const peer = 'peer' in decision ? this.#peers.find(({ id }) => id === decision.peer) : undefined;
    if (decision.type === 'start-run') {
      const { origin, startByte, endByte } = decision;
      const run = this.#runs.length + 1;
      this.#runs.push({ run, origin, positionByte: startByte, endByte, rateBytesPerS: 6e5, silentS: 0 });
      this.#map.take(run, startByte, endByte);
    } else if (decision.type === 'shorten-run') {
      const at = this.#runs.findIndex(({ run }) => run === decision.run);
      const run = this.#runs[at];
      if (run === undefined) return;
      this.#map.cut(run.run, run.positionByte, decision.endByte, run.endByte);
      this.#runs[at] = { ...run, endByte: decision.endByte };
    } else if (peer !== undefined && decision.type === 'ask') {
      if (this.#map.open(decision.piece) === undefined) this.#map.begin(decision.piece, null);
      this.#map.ask(decision.piece, decision.block, peer.id);
      peer.queue.push({ piece: decision.piece, block: decision.block });
    } else if (peer !== undefined && decision.type === 'cancel') {
      this.#map.lose(decision.piece, decision.block, peer.id);
      const isIt = ({ piece, block }: Owed) => piece === decision.piece && block === decision.block;
      peer.queue.splice(peer.queue.findIndex(isIt), 1);
    }
    if (peer !== undefined) this.#settle(peer);
  }

  #settle(peer: Peer): void {
    peer.owedBlocks = peer.queue.length;
    peer.freeRequests = Math.max(REQUESTS - peer.queue.length, 0);
  }
}

/** Every third peer has a seventh of the pieces. */
function newPeer(index: number, chance: () => number): Peer {
  const queue: Owed[] = [];
  return {
    id: `peer${index}` as PeerId,
    freeRequests: REQUESTS,
    rateBytesPerS: 50_000 + chance() * 1e6,
    roundTripS: 0.1,
    silentS: 0,
    owedBlocks: 0,
    barred: new Set(),
    has: (piece) => index % 3 !== 0 || piece % 7 === index % 7,
    owed: () => queue,
    queue,
  };
}
