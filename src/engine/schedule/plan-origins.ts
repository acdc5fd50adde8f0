import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { bytesBy } from './common-end.ts';
import { type Draft, type DraftRun, UNPROVEN_RUN_BYTES_PER_S } from './draft.ts';
import { nextStretch } from './free-stretch.ts';
import { HALT_S, hasHalted } from './halted.ts';
import { areOriginsHeld, longestHeldRunBytes } from './held-origins.ts';
import { lastDueS } from './last-due.ts';
import { makeWay, standsStill } from './make-way.ts';
import { lackingBlocks, piecesForPlayer } from './needed-by-player.ts';
import { PieceState } from './piece-map.ts';
import type { OriginView } from './plan-view.ts';
import { takeFromPeers } from './rescue.ts';
import { startForPlayer } from './run-for-player.ts';
import { MIN_RUN_BYTES, runLengthBytes } from './run-length.ts';

/** The next request goes out when the current run has this little left, besides a round trip. */
const ASK_AHEAD_S = 0.15;
/** And this little when a player stands still for it: both would share the origin's rate. */
const ASK_AHEAD_STILL_BYTES = 4 * BLOCK_LENGTH_BYTES;
/** A split must win at least this much over letting the run go on. */
const MIN_SPLIT_GAIN_S = 0.2;
/** How long a player plays what one request of its brings. */
const PLAYED_RUN_S = 1.5;
/** One source that is faster than that need not be asked so often. */
const LONE_RUN_S = 2;
/** Shorter stretches are not worth a request. */
const MIN_SPLIT_BYTES = 4 * BLOCK_LENGTH_BYTES;

/**
 * Gives every origin that has room a stretch of the torrent: what nobody brings, else the tail of whoever would be ready
 * last.
 * @param allowanceBytes What origins may be asked for in all; more than a little over it is never begun.
 */
export function planOrigins(draft: Draft, allowanceBytes: number): void {
  let allowed = allowanceBytes;
  for (const origin of inOrder(draft)) {
    if (allowed > 0) makeWay(draft, origin);
    const runs = draft.runsOf(origin);
    let begun = 0;
    let inFlightBytes = 0;
    let begunBytes = 0;
    for (const run of runs) inFlightBytes += draft.leftBytes(run);
    for (;;) {
      const hasPlace = hasRoom(draft, origin, runs, begun, inFlightBytes);
      if (allowed <= 0 || !(hasPlace || (begun === 0 && mayStandIn(draft, origin, runs)))) break;
      const bytes = hasPlace
        ? startOne(draft, origin, runs.length + begun, allowed, begunBytes)
        : standIn(draft, origin, runs.length, allowed);
      if (bytes === 0) break;
      allowed -= bytes;
      inFlightBytes += bytes;
      begunBytes += bytes;
      begun += 1;
    }
  }
}

function hasRoom(
  draft: Draft,
  origin: OriginView,
  runs: readonly DraftRun[],
  begun: number,
  inFlightBytes: number,
): boolean {
  if (origin.ignoresRanges || hasHalted(origin)) return runs.length + begun === 0;
  if (draft.view.playback === null) {
    const most = areOriginsHeld(draft) ? 1 : origin.maxRuns;
    return runs.length + begun < most + ending(draft, origin, runs);
  }
  // Streams that run side by side share the origin's rate, and the one that a player waits for has only a part of it:
  // another one only where the origin would pause between two.
  if (runs.length + begun === 0) return true;
  if (origin.rateBytesPerS === null || runs.length + begun > origin.maxRuns) return false;
  // The last one is kept for what is late.
  if (runs.length + begun === origin.maxRuns && origin.maxRuns > 1) return false;
  if (standsStill(draft) && inFlightBytes > ASK_AHEAD_STILL_BYTES && !isMoreAwaited(draft)) return false;
  return inFlightBytes < origin.rateBytesPerS * (ASK_AHEAD_S + (origin.firstByteMs ?? 0) / 1_000);
}

/** Whether nobody brings part of what a player waits for: it plays when all of it is there, whatever of it comes first. */
function isMoreAwaited(draft: Draft): boolean {
  const { positionByte = 0, waitsForBytes = 0 } = draft.view.playback ?? {};
  for (const piece of piecesForPlayer(draft)) {
    if (draft.map.startOf(piece) >= positionByte + waitsForBytes) return false;
    if (draft.map.states[piece] !== PieceState.inRun && lackingBlocks(draft, piece) > 0) return true;
  }
  return false;
}

/** Whether what peers bring too late has a request of its own, whatever else is on its way. */
function mayStandIn(draft: Draft, origin: OriginView, runs: readonly DraftRun[]): boolean {
  if (draft.late === null || origin.rateBytesPerS === null || origin.ignoresRanges || hasHalted(origin)) return false;
  const { startByte } = draft.late;
  return runs.length <= origin.maxRuns && runs.every(({ view }) => view.positionByte > startByte);
}

function standIn(draft: Draft, origin: OriginView, runCount: number, allowedBytes: number): number {
  const wanted = Math.min(wantedBytes(draft, origin), Math.max(allowedBytes, MIN_RUN_BYTES));
  return startForPlayer(draft, origin, rateOf(origin) / (runCount + 1), wanted, draft.late?.endByte);
}

/** What a player needs next comes from the fastest. */
function inOrder({ view }: Draft): readonly OriginView[] {
  return view.playback === null ? view.origins : view.origins.toSorted((a, b) => rateOf(b) - rateOf(a));
}

/** Runs that are about to end: their successors are asked for before, so that no round trip is lost. */
function ending(draft: Draft, origin: OriginView, runs: readonly DraftRun[]): number {
  const aheadS = ASK_AHEAD_S + (origin.firstByteMs ?? 0) / 1000;
  return runs.filter((run) => run.view.rateBytesPerS !== null && draft.aloneS(run) < aheadS).length;
}

/** Returns the bytes of the run that was begun; 0 when there is nothing to begin. */
function startOne(
  draft: Draft,
  origin: OriginView,
  runCount: number,
  allowedBytes: number,
  begunBytes: number,
): number {
  const wanted = origin.ignoresRanges
    ? Number.POSITIVE_INFINITY
    : Math.min(wantedBytes(draft, origin), Math.max(allowedBytes, MIN_RUN_BYTES));
  const isGated = allowedBytes !== Number.POSITIVE_INFINITY;
  const perRun = rateOf(origin) / (runCount + 1);
  if (draft.view.playback !== null) {
    const bytes = startForPlayer(draft, origin, perRun, wanted);
    if (bytes > 0 || isGated) return bytes;
  }
  // Of what nobody brings, what it would bring after the end is left to others.
  const mostBytes = bytesBy(draft, origin, draft.endS) - begunBytes;
  const isPart = isGated || mostBytes < wanted;
  const stretch = nextStretch(draft, origin, Math.max(Math.min(wanted, mostBytes), 1), isPart);
  if (stretch !== null) {
    if (mostBytes < BLOCK_LENGTH_BYTES) return 0;
    draft.startRun(origin, stretch.startByte, stretch.endByte, isGated ? 'due' : 'free');
    return stretch.endByte - stretch.startByte;
  }
  if (runCount >= origin.maxRuns || hasHalted(origin)) return 0;
  return splitSlowest(draft, origin, perRun) || takeFromPeers(draft, origin, perRun, lateAfterS(draft, isGated));
}

/** An origin that is spared takes from peers only what would come after the last byte is due. */
function lateAfterS(draft: Draft, isGated: boolean): number {
  const lastS = isGated ? lastDueS(draft) : 0;
  return lastS === Number.POSITIVE_INFINITY ? 0 : Math.max(lastS, 0);
}

export const rateOf = (origin: OriginView): number => origin.rateBytesPerS ?? UNPROVEN_RUN_BYTES_PER_S;

function wantedBytes(draft: Draft, origin: OriginView): number {
  if (hasHalted(origin)) return MIN_RUN_BYTES;
  let total = 0;
  for (const other of draft.view.origins) total += rateOf(other);
  for (const peer of draft.peers) total += peer.rateBytesPerS;
  const { playback } = draft.view;
  if (playback !== null) {
    // A player needs the next bytes from all streams together, and not the end of a long one.
    const playedBytes = Math.max(playback.bytesPerS * PLAYED_RUN_S, MIN_RUN_BYTES);
    return total > rateOf(origin) ? playedBytes : Math.max(playedBytes, (origin.rateBytesPerS ?? 0) * LONE_RUN_S);
  }
  const length = runLengthBytes({
    freeBytes: draft.map.freeBytes,
    ofRate: rateOf(origin) / total,
    runs: origin.maxRuns,
    rateBytesPerS: origin.rateBytesPerS,
    firstByteS: (origin.firstByteMs ?? 0) / 1_000,
  });
  return Math.min(length, longestHeldRunBytes(draft));
}

/** Takes so much of the end of the run that would be ready last that both are ready together. */
function splitSlowest(draft: Draft, origin: OriginView, rateBytesPerS: number): number {
  let slowest: DraftRun | null = null;
  let longestS = 0;
  for (const run of draft.runs) {
    const isOwn = run.view.origin === origin.origin;
    // Runs of one server share its rate: only one that is slow by itself is worth another request.
    if (isOwn && (origin.ignoresRanges || run.rateBytesPerS * 3 > rateBytesPerS)) continue;
    const runS = draft.runS(run);
    if (runS <= longestS) continue;
    longestS = runS;
    slowest = run;
  }
  if (slowest === null) return 0;
  const firstByteS = (origin.firstByteMs ?? 200) / 1_000;
  const theirs = draft.leftBytes(slowest) / longestS; // until its end, as other runs of its origin come to theirs
  const bytes = ((longestS - firstByteS) * theirs * rateBytesPerS) / (theirs + rateBytesPerS);
  const isHalted = slowest.view.silentS >= HALT_S;
  if (!isHalted && (bytes < MIN_SPLIT_BYTES || bytes / theirs < MIN_SPLIT_GAIN_S)) return 0;
  const startByte = splitPoint(draft, slowest, isHalted ? Number.POSITIVE_INFINITY : bytes);
  const { endByte } = slowest;
  if (endByte - startByte < (isHalted ? 1 : MIN_SPLIT_BYTES) || isBarredWithin(draft, origin, startByte, endByte))
    return 0;
  draft.shorten(slowest, startByte, 'split');
  draft.startRun(origin, startByte, endByte, 'split');
  return endByte - startByte;
}

/** Where to cut a run so that about `bytes` are taken from it: between blocks, and never inside a suspect piece. */
function splitPoint(draft: Draft, run: DraftRun, bytes: number): number {
  const { map, view } = draft;
  const wanted = Math.max(run.endByte - bytes, run.view.positionByte);
  const piece = map.pieceAt(wanted);
  // All of it: also the block that it came to a halt in.
  const round = bytes === Number.POSITIVE_INFINITY ? Math.floor : Math.ceil;
  if (view.suspect.has(piece)) return map.startOf(piece + 1);
  const start = map.startOf(piece);
  return Math.min(start + round((wanted - start) / BLOCK_LENGTH_BYTES) * BLOCK_LENGTH_BYTES, map.startOf(piece + 1));
}

function isBarredWithin(draft: Draft, origin: OriginView, startByte: number, endByte: number): boolean {
  if (origin.barred.size === 0) return false;
  for (let piece = draft.map.pieceAt(startByte) as number; draft.map.startOf(piece) < endByte; piece++) {
    if (origin.barred.has(piece as PieceIndex)) return true;
  }
  return false;
}
