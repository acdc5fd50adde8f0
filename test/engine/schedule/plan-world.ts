import {
  BlockState,
  type Decision,
  type OpenPieceView,
  type OriginView,
  type PeerView,
  PieceState,
  type PlanView,
  type RunView,
} from '../../../src/engine/schedule/plan-view.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';

export const MIB = 1_048_576;

export const asPieces = (pieces: Iterable<number>): ReadonlySet<PieceIndex> => new Set(pieces) as never;

export type PeerInput = {
  /** Pieces it has; all of them when left out. */
  readonly has?: readonly number[];
  readonly free?: number;
  readonly rate?: number;
  readonly barred?: readonly number[];
};
export type OriginInput = {
  readonly maxRuns?: number;
  readonly rate?: number | null;
  readonly firstByteMs?: number | null;
  readonly ignoresRanges?: boolean;
  readonly barred?: readonly number[];
};
export type RunInput = {
  readonly origin: string;
  readonly piece: number;
  readonly endPiece: number;
  readonly rate?: number | null;
};
export type OpenInput = {
  readonly piece: number;
  /** One letter a block: `.` missing, `+` here, anything else: asked of the peer of that letter. */
  readonly blocks: string;
  readonly soleSource?: string;
};
export type World = {
  /** One letter a piece: `.` free, `r` in a run, `o` open, `h` held. */
  readonly pieces: string;
  readonly pieceLengthBytes?: number;
  readonly lengthBytes?: number;
  readonly holders?: readonly number[];
  readonly suspect?: readonly number[];
  readonly origins?: Readonly<Record<string, OriginInput>>;
  readonly runs?: readonly RunInput[];
  readonly peers?: Readonly<Record<string, PeerInput>>;
  readonly open?: readonly OpenInput[];
  readonly waste?: number;
  readonly seed?: number;
};

const STATE_OF_LETTER: Readonly<Record<string, number>> = { '.': 0, r: 1, o: 2, h: 3 };

/** Writes out a view from a short description; what is left out is as dull as can be. */
export function viewOf(world: World): PlanView {
  const { pieceLengthBytes = MIB, suspect = [], waste = 0, seed = 0 } = world;
  const pieces = Uint8Array.from(world.pieces, (letter) => STATE_OF_LETTER[letter] ?? 0);
  const lengthBytes = world.lengthBytes ?? pieces.length * pieceLengthBytes;
  const peers = Object.entries(world.peers ?? {}).map(([id, peer]) => peerOf(id, peer, pieces.length));
  const counted = Array.from(pieces, (_, piece) => peers.filter((peer) => peer.has(piece as PieceIndex)).length);
  return {
    pieceLengthBytes,
    lengthBytes,
    pieces,
    holders: Uint16Array.from(world.holders ?? counted),
    suspect: asPieces(suspect),
    origins: Object.entries(world.origins ?? {}).map(([name, origin]) => originOf(name, origin)),
    runs: (world.runs ?? []).map((run, index) => runOf(run, index, pieceLengthBytes, lengthBytes)),
    peers,
    open: (world.open ?? []).map(openOf),
    wasteAllowanceBytes: waste,
    seed,
  };
}

function peerOf(id: string, { has, free = 4, rate = 100_000, barred = [] }: PeerInput, count: number): PeerView {
  const pieces = new Set(has ?? Array.from({ length: count }, (_, piece) => piece));
  return {
    id: id as PeerId,
    freeRequests: free,
    rateBytesPerS: rate,
    barred: asPieces(barred),
    has: (piece) => pieces.has(piece),
  };
}

function originOf(name: string, input: OriginInput): OriginView {
  const { maxRuns = 3, rate = null, firstByteMs = null, ignoresRanges = false, barred = [] } = input;
  const origin = name as OriginUrl;
  return { origin, maxRuns, rateBytesPerS: rate, firstByteMs, ignoresRanges, barred: asPieces(barred) };
}

function runOf({ origin, piece, endPiece, rate = MIB }: RunInput, index: number, pieceLength: number, length: number) {
  const run: RunView = {
    run: index + 1,
    origin: origin as OriginUrl,
    piece: piece as PieceIndex,
    endPiece: endPiece as PieceIndex,
    leftBytes: Math.min(endPiece * pieceLength, length) - piece * pieceLength,
    rateBytesPerS: rate,
  };
  return run;
}

function openOf({ piece, blocks, soleSource }: OpenInput): OpenPieceView {
  const letters = [...blocks];
  const stateOf = (letter: string) =>
    letter === '.' ? BlockState.missing : letter === '+' ? BlockState.here : BlockState.asked;
  return {
    piece: piece as PieceIndex,
    blocks: Uint8Array.from(letters, stateOf),
    askedOf: letters.map((letter) => (letter === '.' || letter === '+' ? undefined : (letter as PeerId))),
    soleSource: (soleSource as PeerId | undefined) ?? null,
  };
}

/** A decision in short: `a asks 3.0 rarest`, `cdn streams 0 to 8 free`, `run 1 ends at 5`. */
export function lineOf(decision: Decision): string {
  switch (decision.type) {
    case 'ask':
      return `${decision.peer} asks ${decision.piece}.${decision.block} ${decision.because}`;
    case 'start-run':
      return `${decision.origin} streams ${decision.startPiece} to ${decision.endPiece} ${decision.because}`;
    case 'shorten-run':
      return `run ${decision.run} ends at ${decision.endPiece}`;
  }
}

/** A copy of a view that can be compared after planning; functions are left out. */
export const snapshotOf = (view: PlanView): unknown =>
  structuredClone({ ...view, peers: view.peers.map(({ has: _, ...peer }) => peer) });

/**
 * Carries decisions out one after the other, as the loop does, and says what was wrong with them. An empty list: every
 * one was allowed at its turn.
 */
export function faultsOf(view: PlanView, decisions: readonly Decision[]): string[] {
  const faults: string[] = [];
  const pieces = view.pieces.slice();
  const ends = new Map(view.runs.map((run) => [run.run, run.endPiece as number]));
  const blocks = new Map(view.open.map((open) => [open.piece as number, open.blocks.slice()]));
  const soleSources = new Map(view.open.map((open) => [open.piece as number, open.soleSource as string | null]));
  const room = new Map(view.peers.map((peer) => [peer.id, peer.freeRequests]));
  const asked = new Set<string>();
  const rescued = new Set<number>();
  const started = new Map<string, number>();
  let wasteBytes = 0;
  const lengthOf = (piece: number) => Math.min(view.pieceLengthBytes, view.lengthBytes - piece * view.pieceLengthBytes);
  const isInRun = (piece: number) =>
    view.runs.some((run) => run.piece <= piece && piece < (ends.get(run.run) ?? run.endPiece));

  for (const decision of decisions) {
    const complain = (what: string) => faults.push(`${lineOf(decision)}: ${what}`);
    if (decision.type === 'shorten-run') {
      const run = view.runs.find((r) => r.run === decision.run);
      const end = ends.get(decision.run);
      if (run === undefined || end === undefined) complain('there is no such run');
      else if (decision.endPiece >= end) complain(`it ends at ${end} already`);
      else if (decision.endPiece < run.piece) complain('its stream is past that');
      for (let piece = decision.endPiece as number; piece < (end ?? 0); piece++) {
        if (pieces[piece] === PieceState.inRun) pieces[piece] = PieceState.free;
      }
      ends.set(decision.run, decision.endPiece);
    } else if (decision.type === 'start-run') {
      const origin = view.origins.find((o) => o.origin === decision.origin);
      if (origin === undefined) complain('there is no such origin');
      if (decision.startPiece >= decision.endPiece || decision.endPiece > pieces.length) complain('no such pieces');
      started.set(decision.origin, (started.get(decision.origin) ?? 0) + 1);
      for (let piece = decision.startPiece as number; piece < decision.endPiece; piece++) {
        if (origin?.barred.has(piece as PieceIndex)) complain(`${piece} is barred`);
        if (decision.because === 'rescue') {
          const crawling = view.runs.filter((run) => run.piece === piece && run.origin !== decision.origin);
          const isCrawling = pieces[piece] === PieceState.inRun && crawling.length === 1;
          if (pieces[piece] !== PieceState.open && !isCrawling) complain(`${piece} is not open`);
          if ((isInRun(piece) && !isCrawling) || rescued.has(piece)) complain(`${piece} is in a run already`);
          if (view.suspect.has(piece as PieceIndex)) complain(`${piece} is suspect: one source only`);
          rescued.add(piece);
          // What no peer is asked to finish must come from somewhere: that is not fetching twice.
          const isAbandoned = !isCrawling && !blocks.get(piece)?.includes(BlockState.asked);
          if (!isAbandoned) wasteBytes += lengthOf(piece);
        } else if (pieces[piece] !== PieceState.free) complain(`${piece} is not free`);
        else pieces[piece] = PieceState.inRun;
      }
    } else {
      const { peer: id, piece, block } = decision;
      const peer = view.peers.find((p) => p.id === id);
      if (peer === undefined || !peer.has(piece)) complain('the peer does not have it');
      if (peer?.barred.has(piece)) complain('the piece is barred');
      room.set(id, (room.get(id) ?? 0) - 1);
      if ((room.get(id) ?? 0) < 0) complain('the peer has no room');
      if (asked.has(`${id} ${piece}.${block}`)) complain('asked twice of the same peer');
      asked.add(`${id} ${piece}.${block}`);
      if (pieces[piece] === PieceState.free) {
        pieces[piece] = PieceState.open;
        blocks.set(piece, new Uint8Array(Math.ceil(lengthOf(piece) / BLOCK_LENGTH_BYTES)));
        soleSources.set(piece, view.suspect.has(piece) ? id : null);
      }
      if (pieces[piece] !== PieceState.open) complain('the piece is neither free nor open');
      const sole = soleSources.get(piece) ?? null;
      if (sole !== null && sole !== id) complain(`the piece is ${sole}'s alone`);
      const states = blocks.get(piece) ?? new Uint8Array();
      if (block >= states.length) complain('there is no such block');
      if (decision.because === 'end-game') {
        if (states[block] !== BlockState.asked) complain('nobody owes it');
        wasteBytes += BLOCK_LENGTH_BYTES;
      } else if (states[block] !== BlockState.missing) complain('it is not missing');
      states[block] = BlockState.asked;
    }
  }
  for (const origin of view.origins) {
    const running = view.runs.filter((run) => run.origin === origin.origin);
    const count = started.get(origin.origin) ?? 0;
    if (origin.ignoresRanges && count > 0 && running.length + count > 1) faults.push(`${origin.origin}: one run only`);
    // The successor of a run that is about to end may be asked for before, one for each.
    if (count > origin.maxRuns) faults.push(`${origin.origin}: ${count} new runs`);
  }
  if (wasteBytes > Math.max(view.wasteAllowanceBytes, 0)) faults.push(`${wasteBytes} bytes would come twice`);
  return faults;
}
