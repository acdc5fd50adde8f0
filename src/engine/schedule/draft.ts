import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { RunId } from '../store/depot.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { type BlockTimes, nextForPlayerS, timesOfOwed, timesOfPiece } from './block-times.ts';
import { NO_RUN, type OpenPiece, type PieceMap } from './piece-map.ts';
import type { Decision, OriginView, Owed, PeerView, PlanView, RunView } from './plan-view.ts';
import type { Kept } from './scarce-work.ts';

/** What is assumed of sources that have not shown their rate, when no other of their kind has. */
export const UNPROVEN_PEER_BYTES_PER_S = 100_000;
export const UNPROVEN_RUN_BYTES_PER_S = 1_000_000;
/** A source that has been silent for longer than `leastS`, and so many times what it usually is, counts for what it may yet bring. */
type Forbearance = { readonly leastS: number; readonly times: number };
const CALM: Forbearance = { leastS: 0.6, times: 3 };
/** While somebody plays, a pause of a peer may be one of the film. */
const PLAYED: Forbearance = { leastS: 0.3, times: 3 };
/** Just before a deadline the last block that a peer owes must be asked of an origin in time. */
const NEAR_DEADLINE: Forbearance = { leastS: 0.3, times: 2 };
const NEAR_DEADLINE_S = 4;

/** A block is asked of no more than this many at a time. */
export const MAX_COPIES = 3;

/** A run as the plan has it so far. */
export type DraftRun = { readonly view: RunView; endByte: number; readonly rateBytesPerS: number };

/** A peer as the plan has it so far: what it may be asked yet, and what it owes, in order. */
export type DraftPeer = {
  readonly view: PeerView;
  readonly rateBytesPerS: number;
  room: number;
  owed: number;
  /** Filled when somebody wants to take from its end. */
  queue: Owed[] | null;
};

/** A plan in the making: the view with the decisions so far applied to a copy of it. */
export class Draft {
  readonly view: PlanView;
  readonly map: PieceMap;
  readonly decisions: Decision[] = [];
  readonly runs: readonly DraftRun[];
  /** Fastest first. */
  readonly peers: readonly DraftPeer[];
  wasteAllowanceBytes: number;
  /** So many pieces, from this place on, are left to origins by peers that can bring others. */
  reservedPieces = 0;
  reservedFrom: number;
  /** Seconds until everything can be here; what somebody would bring later is left to others. */
  endS = Number.POSITIVE_INFINITY;
  /** To a player, origins bring what it reaches within so many seconds. */
  dueWithinS = Number.POSITIVE_INFINITY;
  /** From the first to the last block that a player needs in a moment and peers bring too late; null if there is none. */
  late: { readonly startByte: number; readonly endByte: number } | null = null;
  /** Pieces that are left to peers that have few others. */
  kept: Kept | null = null;
  /** Blocks that have changed hands. */
  takenOver = 0;
  readonly #peerById: ReadonlyMap<PeerId, DraftPeer>;
  readonly #originByUrl: ReadonlyMap<OriginUrl, OriginView>;
  #times: BlockTimes | null = null;

  constructor(view: PlanView) {
    this.view = view;
    this.map = view.map.clone();
    this.wasteAllowanceBytes = view.wasteAllowanceBytes;
    this.reservedFrom = view.seed % this.map.pieceCount;
    this.runs = view.runs.map((run) => ({ view: run, endByte: run.endByte, rateBytesPerS: rateOfRun(run, view) }));
    this.#originByUrl = new Map(view.origins.map((origin) => [origin.origin, origin]));
    const forbearance = forbearanceOf(view);
    const isUrgent = forbearance !== CALM;
    const proven = view.peers.flatMap((peer) => knownRate(peer, isUrgent) ?? []);
    const mean = proven.length === 0 ? UNPROVEN_PEER_BYTES_PER_S : proven.reduce((a, b) => a + b, 0) / proven.length;
    this.peers = view.peers
      .map((peer) => ({
        view: peer,
        rateBytesPerS: rateOfPeer(peer, mean, forbearance),
        room: peer.freeRequests,
        owed: peer.owedBlocks,
        queue: null,
      }))
      .sort((a, b) => b.rateBytesPerS - a.rateBytesPerS || (a.view.id < b.view.id ? -1 : 1));
    this.#peerById = new Map(this.peers.map((peer) => [peer.view.id, peer]));
  }

  /** Seconds until a peer has brought what it owes and `more` blocks. */
  peerS(peer: DraftPeer, more: number): number {
    return ((peer.owed + more) * BLOCK_LENGTH_BYTES) / peer.rateBytesPerS + peer.view.roundTripS;
  }

  /** Bytes between where a run's stream has come and its end. */
  leftBytes(run: DraftRun): number {
    return Math.max(run.endByte - run.view.positionByte, 0);
  }

  /** Seconds until a run reaches its end, if it goes on as it does. */
  aloneS(run: DraftRun): number {
    return this.leftBytes(run) / run.rateBytesPerS;
  }

  /** Seconds until a run reaches its end. Runs of one origin share its rate: those that end leave theirs to the others. */
  runS(run: DraftRun): number {
    const leftBytes = this.leftBytes(run);
    const aloneS = this.aloneS(run);
    const origin = this.#originByUrl.get(run.view.origin);
    if (origin === undefined || origin.rateBytesPerS === null) return aloneS;
    const ofOrigin = wornRateOf(origin);
    let beforeBytes = 0;
    for (const other of this.runs) {
      if (other.view.origin === run.view.origin) beforeBytes += Math.min(this.leftBytes(other), leftBytes);
    }
    return Math.min(aloneS, beforeBytes / ofOrigin);
  }

  /**
   * Seconds until somebody brings a block, at most: the soonest of those who were asked for it, each after all it owes.
   * Zero when it was asked of enough already.
   */
  readyS(open: OpenPiece, block: number): number {
    const peers = open.peers[block] ?? [];
    const run = open.runs[block];
    if (peers.length + Number(run !== NO_RUN) >= MAX_COPIES || run === UNNUMBERED_RUN) return 0;
    let readyS = Number.POSITIVE_INFINITY;
    for (const id of peers) {
      const peer = this.#peerById.get(id);
      if (peer !== undefined) readyS = Math.min(readyS, this.peerS(peer, 0));
    }
    if (run !== NO_RUN) for (const it of this.runs) if (it.view.run === run) readyS = Math.min(readyS, this.runS(it));
    return readyS;
  }

  /** When the blocks come that peers owe, those included that this plan has asked for since `followTimes`. */
  get times(): BlockTimes {
    this.#times ??= timesOfOwed(this);
    return this.#times;
  }

  /** To be called before anything is asked for by whoever looks at `times` after that. */
  followTimes(): void {
    this.#times ??= timesOfOwed(this);
  }

  runsOf(origin: OriginView): DraftRun[] {
    return this.runs.filter(({ view }) => view.origin === origin.origin);
  }

  peerOf(id: PeerId | undefined): DraftPeer | undefined {
    return id === undefined ? undefined : this.#peerById.get(id);
  }

  /** What a peer owes, its last request at the end; changes made by the plan included. */
  queueOf(peer: DraftPeer): Owed[] {
    peer.queue ??= [...peer.view.owed()];
    return peer.queue;
  }

  /** Where a block is in what a peer owes; -1 when it does not owe it. */
  placeInQueue(peer: DraftPeer, piece: PieceIndex, block: number): number {
    return this.queueOf(peer).findIndex((owed) => owed.piece === piece && owed.block === block);
  }

  ask(peer: DraftPeer, piece: PieceIndex, block: number, because: Extract<Decision, { type: 'ask' }>['because']): void {
    this.map.ask(piece, block, peer.view.id);
    this.#comes(piece, block, nextForPlayerS(peer));
    peer.room -= 1;
    peer.owed += 1;
    peer.queue?.push({ piece, block });
    this.decisions.push({ type: 'ask', peer: peer.view.id, piece, block, because });
  }

  /** Takes a block that a peer owes away from it. */
  cancelAt(peer: DraftPeer, at: number): void {
    const [owed] = this.queueOf(peer).splice(at, 1);
    if (owed === undefined) return;
    peer.owed -= 1;
    this.map.lose(owed.piece, owed.block, peer.view.id);
    this.#comes(owed.piece, owed.block, null);
    this.decisions.push({ type: 'cancel', peer: peer.view.id, ...owed });
  }

  /** Opens a free piece for peers. */
  begin(piece: PieceIndex, peer: PeerId): void {
    this.map.begin(piece, this.view.suspect.has(piece) ? peer : null);
  }

  /** Ends a run earlier; what it gives up is missing. */
  shorten(run: DraftRun, endByte: number, because: 'split' | 'stolen' | 'halted'): void {
    this.map.cut(run.view.run, run.view.positionByte, endByte, run.endByte);
    run.endByte = endByte;
    this.decisions.push({ type: 'shorten-run', run: run.view.run, endByte, because });
  }

  startRun(origin: OriginView, startByte: number, endByte: number, because: StartBecause): void {
    // The run has no number yet; nobody may take from it in this plan.
    this.map.take(UNNUMBERED_RUN, startByte, endByte);
    this.decisions.push({ type: 'start-run', origin: origin.origin, startByte, endByte, because });
  }

  /** A block comes after so many seconds by one peer more; null: not by the one that was to bring it. */
  #comes(piece: PieceIndex, block: number, inS: number | null): void {
    const open = this.map.open(piece);
    if (this.#times === null || open === undefined) return;
    const times = timesOfPiece(this.#times, open);
    times[block] = inS === null ? Number.POSITIVE_INFINITY : Math.min(times[block] as number, inS);
  }
}

type StartBecause = Extract<Decision, { type: 'start-run' }>['because'];

const UNNUMBERED_RUN: RunId = -1;

function forbearanceOf({ playback, policy, demand }: PlanView): Forbearance {
  if (playback !== null) return PLAYED;
  const isNear = policy === 'spare-origin' && demand?.type === 'deadline' && demand.inS < NEAR_DEADLINE_S;
  return isNear ? NEAR_DEADLINE : CALM;
}

/** A rate that silence wears down: what has not come for a while may not come at all. */
function worn(rateBytesPerS: number, silentS: number, usualS: number, { leastS, times } = CALM): number {
  if (silentS <= Math.max(leastS, times * usualS)) return rateBytesPerS;
  return Math.max(Math.min(rateBytesPerS, BLOCK_LENGTH_BYTES / silentS), 1);
}

/** The rate of an origin, shown or guessed, which silence wears down as well. */
export const wornRateOf = ({ rateBytesPerS, silentS, firstByteMs }: OriginView): number =>
  worn(rateBytesPerS ?? UNPROVEN_RUN_BYTES_PER_S, silentS, (firstByteMs ?? 0) / 1_000);

function rateOfRun(run: RunView, view: PlanView): number {
  if (run.rateBytesPerS !== null) {
    const rate = Math.max(run.rateBytesPerS, 1);
    return worn(rate, run.silentS, BLOCK_LENGTH_BYTES / rate);
  }
  const origin = view.origins.find(({ origin }) => origin === run.origin);
  const guess = (origin?.rateBytesPerS ?? UNPROVEN_RUN_BYTES_PER_S) / (origin?.maxRuns ?? 1);
  return worn(guess, run.silentS, (origin?.firstByteMs ?? 500) / 1_000);
}

/** Who is in a hurry cannot wait until it is sure that a peer has become slower. */
const knownRate = ({ slowedBytesPerS, rateBytesPerS }: PeerView, isUrgent: boolean): number | null =>
  (isUrgent ? slowedBytesPerS : null) ?? rateBytesPerS;

function rateOfPeer(peer: PeerView, unprovenBytesPerS: number, forbearance: Forbearance): number {
  const rate = Math.max(knownRate(peer, forbearance !== CALM) ?? unprovenBytesPerS, 1);
  return worn(rate, peer.silentS, Math.max(BLOCK_LENGTH_BYTES / rate, peer.roundTripS), forbearance);
}

/** Whether a peer may be asked for blocks of this piece. */
export function canBring(peer: DraftPeer, open: OpenPiece): boolean {
  const isOurs = open.soleSource === null || open.soleSource === peer.view.id;
  return isOurs && mayAsk(peer, open.piece);
}

/** Whether a peer has a piece and has not been wrong about it. */
export function mayAsk({ view }: DraftPeer, piece: PieceIndex): boolean {
  return !view.barred.has(piece) && view.has(piece);
}
