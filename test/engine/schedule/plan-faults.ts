import { HALT_S } from '../../../src/engine/schedule/halted.ts';
import { BlockState, type PieceMap, PieceState } from '../../../src/engine/schedule/piece-map.ts';
import type { Decision, PlanView, RunView } from '../../../src/engine/schedule/plan-view.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { lineOf } from './plan-world.ts';

type Of<T extends Decision['type']> = Extract<Decision, { type: T }>;
type RunNow = Pick<RunView, 'origin' | 'positionByte' | 'silentS'> & { endByte: number };

/** What came of a plan: what was not allowed, and how things stand when it is carried out. */
export type Outcome = {
  readonly faults: readonly string[];
  readonly map: PieceMap;
  /** What each peer may be asked yet. */
  readonly room: ReadonlyMap<PeerId, number>;
  /** Runs of each origin, the new ones included. */
  readonly runCounts: ReadonlyMap<OriginUrl, number>;
  /** Bytes of new runs, less what older runs gave up for them. */
  readonly newOriginBytes: number;
};

/**
 * Carries decisions out one after the other, as the loop does, and says what was wrong with them. An empty list: every
 * one was allowed at its turn.
 */
export const faultsOf = (view: PlanView, decisions: readonly Decision[]): readonly string[] =>
  carryOut(view, decisions).faults;

export function carryOut(view: PlanView, decisions: readonly Decision[]): Outcome {
  const judge = new Judge(view);
  for (const decision of decisions) judge.carryOut(decision);
  return judge.outcome();
}

class Judge {
  readonly #view: PlanView;
  readonly #map: PieceMap;
  readonly #faults: string[] = [];
  readonly #runs: Map<number, RunNow>;
  readonly #room: Map<PeerId, number>;
  readonly #owed: Map<PeerId, Set<string>>;
  /** Blocks that each peer need not bring any more: it may be asked for as many others. */
  readonly #dropped = new Map<PeerId, number>();
  #decision: Decision | null = null;
  /** Blocks that runs would have streamed and do not: whoever streams them instead wastes nothing more. */
  readonly #givenUp = new Set<string>();
  #streamedAgain = 0;
  #newOriginBytes = 0;

  constructor(view: PlanView) {
    this.#view = view;
    this.#map = view.map.clone();
    this.#runs = new Map(view.runs.map((run) => [run.run, { ...run }]));
    this.#room = new Map(view.peers.map((peer) => [peer.id, peer.freeRequests]));
    this.#owed = new Map(view.peers.map((it) => [it.id, new Set(it.owed().map((o) => `${o.piece}.${o.block}`))]));
  }

  carryOut(decision: Decision): void {
    this.#decision = decision;
    switch (decision.type) {
      case 'ask':
        return this.#ask(decision);
      case 'cancel':
        return this.#cancel(decision);
      case 'shorten-run':
        return this.#shorten(decision);
      case 'start-run':
        return this.#start(decision);
    }
  }

  outcome(): Outcome {
    this.#decision = null;
    const runCounts = new Map<OriginUrl, number>();
    for (const { origin } of this.#runs.values()) runCounts.set(origin, (runCounts.get(origin) ?? 0) + 1);
    const before = new Map<OriginUrl, number>();
    for (const { origin } of this.#view.runs) before.set(origin, (before.get(origin) ?? 0) + 1);
    for (const origin of this.#view.origins) {
      const count = runCounts.get(origin.origin) ?? 0;
      if (count === (before.get(origin.origin) ?? 0)) continue;
      // A player's next run is asked for before the only one ends, even if that has just been begun.
      const isPlaying = this.#view.playback !== null;
      const ending = isPlaying ? 1 : this.#ending(origin.origin, origin.firstByteMs ?? 0);
      const most = origin.ignoresRanges ? 1 : origin.maxRuns + ending;
      if (count > most) this.#complain(`${origin.origin} has ${count} runs, ${most} are allowed`);
    }
    const allowed = Math.max(this.#view.wasteAllowanceBytes, 0);
    const copies = this.#map.duplicateBytes - this.#view.map.duplicateBytes;
    const wasteBytes = copies + this.#streamedAgain * BLOCK_LENGTH_BYTES;
    if (wasteBytes > allowed) this.#complain(`${wasteBytes} bytes would come twice, ${allowed} may`);
    return {
      faults: this.#faults,
      map: this.#map,
      room: this.#room,
      runCounts,
      newOriginBytes: this.#newOriginBytes,
    };
  }

  #complain(what: string): void {
    this.#faults.push(this.#decision === null ? what : `${lineOf(this.#decision, this.#map)}: ${what}`);
  }

  #ask({ peer: id, piece, block }: Of<'ask'>): void {
    const { peers, policy, suspect } = this.#view;
    const peer = peers.find((it) => it.id === id);
    if (policy === 'peers-off') this.#complain('peers are off');
    if (peer === undefined || !peer.has(piece)) this.#complain('the peer does not have it');
    if (peer?.barred.has(piece)) this.#complain('the piece is barred');
    const room = this.#room.get(id) ?? 0;
    const dropped = this.#dropped.get(id) ?? 0;
    if (room > 0) this.#room.set(id, room - 1);
    else if (dropped > 0) this.#dropped.set(id, dropped - 1);
    else this.#complain('the peer has no room');
    const owed = this.#owed.get(id);
    if (owed?.has(`${piece}.${block}`)) this.#complain('asked twice of the same peer');
    owed?.add(`${piece}.${block}`);
    if (this.#map.states[piece] === PieceState.free) this.#map.begin(piece, suspect.has(piece) ? id : null);
    const open = this.#map.open(piece);
    if (open === undefined) return this.#complain('the piece is neither free nor open');
    if (open.soleSource !== null && open.soleSource !== id) this.#complain(`the piece is ${open.soleSource}'s alone`);
    if (open.soleSource === null && suspect.has(piece)) this.#complain('several would bring a suspect piece');
    if (block >= open.blocks.length) return this.#complain('there is no such block');
    if (open.blocks[block] === BlockState.here) this.#complain('the block is here');
    this.#map.ask(piece, block, id);
  }

  #cancel({ peer, piece, block }: Of<'cancel'>): void {
    if (!this.#owed.get(peer)?.delete(`${piece}.${block}`)) this.#complain('the peer does not owe it');
    this.#dropped.set(peer, (this.#dropped.get(peer) ?? 0) + 1);
    this.#map.lose(piece, block, peer);
  }

  #shorten({ run: id, endByte, because }: Of<'shorten-run'>): void {
    const run = this.#runs.get(id);
    if (run === undefined) return this.#complain('there is no such run');
    if (endByte >= run.endByte) this.#complain('it is not shorter by that');
    // The block that a halted stream is in may be taken from it, with what came of it.
    const reachedByte = run.silentS >= HALT_S ? run.positionByte - (BLOCK_LENGTH_BYTES - 1) : run.positionByte;
    if (endByte < reachedByte) this.#complain('its stream is past that');
    this.#expectBorder(endByte);
    if (because === 'split') this.#newOriginBytes -= Math.max(run.endByte - Math.max(endByte, run.positionByte), 0);
    for (let byte = endByte; byte < run.endByte; byte += BLOCK_LENGTH_BYTES) {
      const piece = this.#map.pieceAt(byte);
      this.#givenUp.add(`${piece}.${Math.floor((byte - this.#map.startOf(piece)) / BLOCK_LENGTH_BYTES)}`);
    }
    this.#map.cut(id, run.positionByte, endByte, run.endByte);
    run.endByte = endByte;
  }

  #start({ origin: name, startByte, endByte, because }: Of<'start-run'>): void {
    const { origins, policy } = this.#view;
    const map = this.#map;
    const origin = origins.find((it) => it.origin === name);
    if (policy === 'origins-off') this.#complain('origins are off');
    if (origin === undefined) this.#complain('there is no such origin');
    if (!(0 <= startByte && startByte < endByte && endByte <= map.lengthBytes)) this.#complain('no such bytes');
    this.#expectBorder(startByte);
    this.#expectBorder(endByte);
    for (const run of this.#runs.values()) {
      const [from, to] = [Math.max(startByte, run.positionByte), Math.min(endByte, run.endByte)];
      if (from < to) this.#complain("overlaps another run's bytes");
    }
    for (let piece = map.pieceAt(startByte); map.startOf(piece) < endByte; piece = (piece + 1) as PieceIndex) {
      if (origin?.barred.has(piece)) this.#complain(`${piece} is barred`);
      if (map.states[piece] === PieceState.inRun) this.#complain(`${piece} is in a run`);
      const open = map.open(piece);
      if (open !== undefined && open.soleSource !== null) this.#complain(`${piece} is ${open.soleSource}'s alone`);
      for (let block = 0; block < map.blockCount(piece); block++) {
        const blockStart = map.startOf(piece) + block * BLOCK_LENGTH_BYTES;
        if (blockStart < startByte || blockStart >= endByte) continue;
        const isHere = map.states[piece] === PieceState.held || open?.blocks[block] === BlockState.here;
        if (isHere && !this.#givenUp.has(`${piece}.${block}`)) this.#streamedAgain += 1;
      }
    }
    const run = { origin: name, positionByte: startByte, endByte, silentS: 0 };
    this.#runs.set(-1 - this.#runs.size, run);
    map.take(1_000 + this.#runs.size, startByte, endByte);
    if (because !== 'inject') this.#newOriginBytes += endByte - startByte;
  }

  /** Runs begin and end between blocks, and share no suspect piece. */
  #expectBorder(byte: number): void {
    if (byte === this.#map.lengthBytes) return;
    const piece = this.#map.pieceAt(byte);
    const inPiece = byte - this.#map.startOf(piece);
    if (inPiece % BLOCK_LENGTH_BYTES !== 0) this.#complain('not between blocks');
    if (inPiece !== 0 && this.#view.suspect.has(piece)) this.#complain('several would bring a suspect piece');
  }

  /** Runs of which the successors may be asked for before they end. */
  #ending(origin: OriginUrl, firstByteMs: number): number {
    return this.#view.runs.filter(({ run, origin: of, positionByte, rateBytesPerS }) => {
      const leftBytes = (this.#runs.get(run)?.endByte ?? 0) - positionByte;
      return (
        of === origin &&
        rateBytesPerS !== null &&
        leftBytes <= Math.max(rateBytesPerS, 1) * (0.15 + firstByteMs / 1_000)
      );
    }).length;
  }
}
