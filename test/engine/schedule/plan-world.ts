import { BlockState, PieceMap, PieceState } from '../../../src/engine/schedule/piece-map.ts';
import type {
  Decision,
  Demand,
  OriginView,
  Owed,
  PeerView,
  PlanView,
  RunView,
} from '../../../src/engine/schedule/plan-view.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import type { Policy } from '../../../src/model/policy.ts';

export const MIB = 1_048_576;

export const asPieces = (pieces: Iterable<number>): ReadonlySet<PieceIndex> => new Set(pieces) as never;

export type PeerInput = {
  /** Pieces it has; all of them when left out. */
  readonly has?: readonly number[];
  readonly free?: number;
  readonly rate?: number | null;
  readonly roundTripS?: number;
  readonly silentS?: number;
  readonly barred?: readonly number[];
};
export type OriginInput = {
  readonly maxRuns?: number;
  readonly rate?: number | null;
  readonly firstByteMs?: number | null;
  readonly ignoresRanges?: boolean;
  readonly barred?: readonly number[];
};
/** A run takes what is missing from `piece` to `endPiece`: in pieces, whose parts are blocks (1.5 of a piece of two). */
export type RunInput = {
  readonly origin: string;
  readonly piece: number;
  readonly endPiece: number;
  /** Bytes of it that have come. */
  readonly streamedBytes?: number;
  readonly rate?: number | null;
  readonly silentS?: number;
};
export type OpenInput = {
  readonly piece: number;
  /**
   * One letter a block: `.` missing, `+` here, anything else: asked of the peer of that letter. With blanks between
   * them a block may have several letters.
   */
  readonly blocks: string;
  readonly soleSource?: string;
};
export type World = {
  /** One letter a piece: `.` free, `r` in a run, `o` open, `h` held, `?` whatever its blocks and runs make of it. */
  readonly pieces: string;
  readonly pieceLengthBytes?: number;
  readonly lengthBytes?: number;
  readonly holders?: readonly number[];
  readonly suspect?: readonly number[];
  readonly claimed?: readonly number[];
  readonly origins?: Readonly<Record<string, OriginInput>>;
  readonly runs?: readonly RunInput[];
  readonly peers?: Readonly<Record<string, PeerInput>>;
  readonly open?: readonly OpenInput[];
  readonly policy?: Policy;
  readonly demand?: Demand | null;
  readonly playback?: PlanView['playback'];
  readonly waste?: number;
  readonly seed?: number;
  readonly nowMs?: number;
};

const STATE_OF_LETTER: Readonly<Record<string, number>> = {
  '.': PieceState.free,
  r: PieceState.inRun,
  o: PieceState.open,
  h: PieceState.held,
};

/** Writes out a view from a short description; what is left out is as dull as can be. */
export function viewOf(world: World): PlanView {
  const runs = (world.runs ?? []).map((run, index) => runOf(run, index, world.pieceLengthBytes ?? MIB));
  const map = mapOf(world, runs);
  const peers = Object.entries(world.peers ?? {}).map(([id, peer]) => peerOf(id, peer, map));
  const counted = Array.from(map.states, (_, piece) => peers.filter((peer) => peer.has(piece as PieceIndex)).length);
  return {
    nowMs: world.nowMs ?? 0,
    policy: world.policy ?? 'fastest',
    demand: world.demand ?? null,
    playback: world.playback ?? null,
    map,
    holders: Uint16Array.from(world.holders ?? counted),
    claimed: asPieces(world.claimed ?? []),
    suspect: asPieces(world.suspect ?? []),
    origins: Object.entries(world.origins ?? {}).map(([name, origin]) => originOf(name, origin)),
    runs: runs.map(({ startByte: _, ...run }) => ({ ...run, endByte: Math.min(run.endByte, map.lengthBytes) })),
    peers,
    wasteAllowanceBytes: world.waste ?? 0,
    seed: world.seed ?? 0,
  };
}

/** The map that this world would have come to. @throws {Error} when its pieces are not what its runs and blocks say. */
function mapOf({ pieces, pieceLengthBytes = MIB, ...world }: World, runs: readonly LaidRun[]): PieceMap {
  const states = Uint8Array.from(pieces, (letter) => (letter === 'h' ? PieceState.held : PieceState.free));
  const map = new PieceMap(pieceLengthBytes, world.lengthBytes ?? states.length * pieceLengthBytes, states);
  for (const { piece, blocks, soleSource = null } of world.open ?? []) {
    map.begin(piece as PieceIndex, soleSource as PeerId | null);
    const words = blocks.includes(' ') ? blocks.trim().split(' ') : [...blocks];
    for (const [block, word] of words.entries()) {
      if (word === '+') map.came(piece as PieceIndex, block);
      else if (word !== '.') for (const peer of word) map.ask(piece as PieceIndex, block, peer as PeerId);
    }
  }
  for (const { run, startByte, positionByte, endByte } of runs) {
    map.take(run, startByte, Math.min(endByte, map.lengthBytes));
    map.streamed(run, startByte, positionByte);
  }
  const expected = Array.from(pieces, (letter) => STATE_OF_LETTER[letter]);
  if (expected.some((state, piece) => state !== undefined && state !== map.states[piece]))
    throw new Error(`${pieces} is not ${map.states}`);
  return map;
}

function peerOf(id: string, input: PeerInput, map: PieceMap): PeerView {
  const { has, free = 4, rate = 100_000, roundTripS = 0.1, silentS = 0, barred = [] } = input;
  const pieces = new Set(has ?? map.states.keys());
  const owed: Owed[] = [];
  for (const { piece, peers } of map.opens()) {
    for (const [block, asked] of peers.entries()) if (asked.includes(id as PeerId)) owed.push({ piece, block });
  }
  return {
    id: id as PeerId,
    freeRequests: free,
    rateBytesPerS: rate,
    roundTripS,
    silentS: owed.length === 0 ? 0 : silentS,
    owedBlocks: owed.length,
    barred: asPieces(barred),
    has: (piece) => pieces.has(piece),
    owed: () => owed,
  };
}

function originOf(name: string, input: OriginInput): OriginView {
  const { maxRuns = 3, rate = null, firstByteMs = null, ignoresRanges = false, barred = [] } = input;
  const origin = name as OriginUrl;
  return { origin, maxRuns, rateBytesPerS: rate, firstByteMs, ignoresRanges, barred: asPieces(barred) };
}

type LaidRun = RunView & { readonly startByte: number };

function runOf(input: RunInput, index: number, pieceLengthBytes: number): LaidRun {
  const { origin, piece, endPiece, streamedBytes = 0, rate = MIB, silentS = 0 } = input;
  const startByte = Math.round(piece * pieceLengthBytes);
  return {
    run: index + 1,
    origin: origin as OriginUrl,
    startByte,
    positionByte: startByte + streamedBytes,
    endByte: Math.round(endPiece * pieceLengthBytes),
    rateBytesPerS: rate,
    silentS,
  };
}

/** A decision in short: `a asks 3.0 rarest`, `cdn streams 0 to 8.1 free`, `run 1 ends at 5 split`, `a drops 3.0`. */
export function lineOf(decision: Decision, map: PieceMap): string {
  const place = (byte: number): string => {
    if (byte >= map.lengthBytes) return String(map.pieceCount);
    const blocks = (byte - map.startOf(map.pieceAt(byte))) / BLOCK_LENGTH_BYTES;
    return `${map.pieceAt(byte)}${blocks === 0 ? '' : `.${blocks}`}`;
  };
  switch (decision.type) {
    case 'ask':
      return `${decision.peer} asks ${decision.piece}.${decision.block} ${decision.because}`;
    case 'start-run':
      return `${decision.origin} streams ${place(decision.startByte)} to ${place(decision.endByte)} ${decision.because}`;
    case 'shorten-run':
      return `run ${decision.run} ends at ${place(decision.endByte)} ${decision.because}`;
    case 'cancel':
      return `${decision.peer} drops ${decision.piece}.${decision.block}`;
  }
}

/** A copy of a view that can be compared after planning; functions are left out, what a map holds is written out. */
export const snapshotOf = ({ map, peers, ...view }: PlanView): unknown =>
  structuredClone({
    ...view,
    peers: peers.map(({ has: _, owed, ...peer }) => ({ ...peer, owed: [...owed()] })),
    states: map.states,
    opens: [...map.opens()],
    counts: [map.freePieces, map.freeBytes, map.hasMissingBlocks, map.duplicateBytes],
  });

/** Where the map of a view stands, once decisions are carried out; and which blocks are still nobody's. */
export function missingIn(map: PieceMap): { piece: PieceIndex; block: number; soleSource: PeerId | null }[] {
  const missing = [];
  for (const [index, state] of map.states.entries()) {
    const piece = index as PieceIndex;
    const open = map.open(piece);
    for (let block = 0; block < map.blockCount(piece); block++) {
      const isMissing = state === PieceState.free || open?.blocks[block] === BlockState.missing;
      if (isMissing) missing.push({ piece, block, soleSource: open?.soleSource ?? null });
    }
  }
  return missing;
}
