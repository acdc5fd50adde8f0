import type { PieceIndex } from '../../model/ids.ts';
import { MIN_CRAWL_S, secondsInPiece } from './crawling-run.ts';
import type { Draft } from './draft.ts';
import { BlockState, type OriginView, PieceState, type RunView } from './plan-view.ts';
import { runLengthBytes } from './run-length.ts';

/** What is assumed of a source that has not shown its rate. */
const UNPROVEN_RATE_BYTES_PER_S = 1_000_000;
/** The next request goes out when the current run has this little left, besides a round trip. */
const ASK_AHEAD_S = 0.15;
/** A split must win at least this much over letting the run go on. */
const MIN_SPLIT_GAIN_S = 0.5;
/** A piece that peers would take this long for is fetched from an origin too. */
const RESCUE_AFTER_S = 2;

/** Gives every origin that has room a stretch of pieces: what nobody fetches, else half of a slower run. */
export function planOrigins(draft: Draft): void {
  for (const origin of draft.view.origins) {
    const runs = draft.view.runs.filter((run) => run.origin === origin.origin);
    let room = origin.ignoresRanges ? Number(runs.length === 0) : origin.maxRuns - runs.length + ending(origin, runs);
    while (room > 0 && startOne(draft, origin, runs.length)) room -= 1;
  }
}

/** Runs that are about to end: their successors are asked for before, so that no round trip is lost. */
function ending(origin: OriginView, runs: readonly RunView[]): number {
  const aheadS = ASK_AHEAD_S + (origin.firstByteMs ?? 0) / 1000;
  return runs.filter((run) => run.rateBytesPerS !== null && run.leftBytes < run.rateBytesPerS * aheadS).length;
}

function startOne(draft: Draft, origin: OriginView, runCount: number): boolean {
  const free = findFree(draft, origin);
  if (free !== null) {
    const wanted = origin.ignoresRanges ? Number.POSITIVE_INFINITY : wantedBytes(draft, origin);
    const pieces = Math.max(Math.round(wanted / draft.view.pieceLengthBytes), 1);
    const endPiece = Math.min(free.endPiece, free.startPiece + pieces) as PieceIndex;
    draft.startRun({
      type: 'start-run',
      origin: origin.origin,
      startPiece: free.startPiece,
      endPiece,
      because: 'free',
    });
    return true;
  }
  return runCount < origin.maxRuns && (splitSlowest(draft, origin) || rescue(draft, origin));
}

type Gap = { readonly startPiece: PieceIndex; readonly endPiece: PieceIndex };

/** The first stretch of pieces that nobody fetches and this origin may be asked for. */
function findFree(draft: Draft, origin: OriginView): Gap | null {
  const { pieces } = draft;
  const isFree = (piece: number) => pieces[piece] === PieceState.free && !origin.barred.has(piece as PieceIndex);
  let start = pieces.indexOf(PieceState.free);
  while (start !== -1 && !isFree(start)) start = pieces.indexOf(PieceState.free, start + 1);
  if (start === -1) return null;
  let end = start + 1;
  while (end < pieces.length && isFree(end)) end += 1;
  return { startPiece: start as PieceIndex, endPiece: end as PieceIndex };
}

function wantedBytes(draft: Draft, origin: OriginView): number {
  let freePieces = 0;
  for (const state of draft.pieces) if (state === PieceState.free) freePieces += 1;
  const rateOf = (o: OriginView) => o.rateBytesPerS ?? UNPROVEN_RATE_BYTES_PER_S;
  let total = 0;
  for (const other of draft.view.origins) total += rateOf(other);
  for (const peer of draft.view.peers) total += peer.rateBytesPerS;
  const share = rateOf(origin) / total / origin.maxRuns;
  const runRate = origin.rateBytesPerS === null ? null : origin.rateBytesPerS / origin.maxRuns;
  return runLengthBytes(freePieces * draft.view.pieceLengthBytes, share, runRate);
}

/** Takes the second half of the run that would end last, when that ends the whole sooner. */
function splitSlowest(draft: Draft, origin: OriginView): boolean {
  let slowest: RunView | null = null;
  let longestS = MIN_SPLIT_GAIN_S + (2 * (origin.firstByteMs ?? 100)) / 1000;
  for (const run of draft.view.runs) {
    const leftPieces = draft.endOfRun(run) - run.piece - 1;
    const rate = run.rateBytesPerS ?? UNPROVEN_RATE_BYTES_PER_S;
    const leftS = (leftPieces * draft.view.pieceLengthBytes) / Math.max(rate, 1);
    const rivalIgnoresRanges = draft.view.origins.some((o) => o.origin === run.origin && o.ignoresRanges);
    if (leftPieces < 2 || leftS <= longestS || (rivalIgnoresRanges && run.origin === origin.origin)) continue;
    longestS = leftS;
    slowest = run;
  }
  if (slowest === null) return false;
  const end = draft.endOfRun(slowest);
  const middle = Math.ceil((slowest.piece + 1 + end) / 2) as PieceIndex;
  for (let piece = middle as number; piece < end; piece++) if (origin.barred.has(piece as PieceIndex)) return false;
  draft.shorten(slowest, middle);
  draft.startRun({
    type: 'start-run',
    origin: origin.origin,
    startPiece: middle,
    endPiece: end,
    because: 'split',
  });
  return true;
}

/** Whether a run of an origin brings a piece, or is about to by this very plan. */
function isStreamed(draft: Draft, piece: PieceIndex, except: RunView | null = null): boolean {
  const isIn = (run: RunView) => run !== except && run.piece <= piece && piece < draft.endOfRun(run);
  if (draft.view.runs.some(isIn)) return true;
  return draft.decisions.some((d) => d.type === 'start-run' && d.startPiece <= piece && piece < d.endPiece);
}

/** Fetches the piece that peers, or a crawling run, are slowest with a second time, within the waste that is allowed. */
function rescue(draft: Draft, origin: OriginView): boolean {
  const rates = new Map(draft.view.peers.map((peer) => [peer.id, peer.rateBytesPerS]));
  let worst: PieceIndex | null = null;
  let worstS = RESCUE_AFTER_S;
  for (const open of draft.open.values()) {
    if (isStreamed(draft, open.piece) || open.isSuspect || origin.barred.has(open.piece)) continue;
    let rate = 0;
    for (const peer of new Set(open.askedOf)) rate += peer === undefined ? 0 : (rates.get(peer) ?? 0);
    // What no peer can be asked to finish must be fetched, whatever is spent on it.
    const isAbandoned = !open.blocks.includes(BlockState.asked);
    const lengthBytes = draft.lengthOfPiece(open.piece);
    const etaS = isAbandoned ? Number.POSITIVE_INFINITY : lengthBytes / Math.max(rate, 1);
    if (etaS <= worstS || (!isAbandoned && lengthBytes > draft.wasteAllowanceBytes)) continue;
    worstS = etaS;
    worst = open.piece;
  }
  for (const run of draft.view.runs) {
    const { piece } = run;
    const isTheirs = run.origin !== origin.origin && draft.endOfRun(run) > piece && !isStreamed(draft, piece, run);
    if (!isTheirs || draft.pieces[piece] !== PieceState.inRun) continue;
    if (draft.view.suspect.has(piece) || origin.barred.has(piece)) continue;
    const lengthBytes = draft.lengthOfPiece(piece);
    const ourS = lengthBytes / Math.max(origin.rateBytesPerS ?? UNPROVEN_RATE_BYTES_PER_S, 1);
    const leftS = secondsInPiece(draft.view, run);
    if (leftS <= Math.max(worstS, 2 * ourS, MIN_CRAWL_S) || lengthBytes > draft.wasteAllowanceBytes) continue;
    worstS = leftS;
    worst = piece;
  }
  if (worst === null) return false;
  draft.wasteAllowanceBytes -= draft.lengthOfPiece(worst);
  const endPiece = (worst + 1) as PieceIndex;
  draft.startRun({ type: 'start-run', origin: origin.origin, startPiece: worst, endPiece, because: 'rescue' });
  return true;
}
