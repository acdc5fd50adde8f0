import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { commonEndS } from './common-end.ts';
import { Draft } from './draft.ts';
import { giveBackHalted } from './halted.ts';
import { PieceState } from './piece-map.ts';
import { planOrigins, rateOf } from './plan-origins.ts';
import { planPeers } from './plan-peers.ts';
import type { Decision, OriginView, PlanView } from './plan-view.ts';
import { keptForFew } from './scarce-work.ts';
import { injectedPiece, injectionAlpha } from './spare-origin.ts';
import { trimRuns } from './trim-runs.ts';
import { originsMayBring, preparePeers } from './when-due.ts';

/** One throw of the dice must not be acted on twice. */
const INJECT_EVERY_MS = 1_000;

/**
 * Decides what to ask for now, and of whom: origins stream long runs, peers bring the rarest pieces, and whoever has
 * nothing left takes over from whoever would be ready last. A policy that spares the origins has them bring only what
 * peers would bring too late, and now and then a piece that the swarm lacks.
 * Pure: same view, same decisions, in the order in which they are to be carried out; the view is not modified.
 */
export function plan(view: PlanView): Decision[] {
  const draft = new Draft(view);
  giveBackHalted(draft);
  trimRuns(draft);
  preparePeers(draft);
  if (view.policy === 'fastest' && view.playback === null) {
    const work = workOf(draft);
    draft.kept = keptForFew(draft, leftS(work));
    draft.endS = commonEndS(draft);
    leaveToOrigins(draft, work);
  }
  if (view.policy !== 'peers-off') planPeers(draft);
  if (view.policy !== 'origins-off') {
    planOrigins(draft, originsMayBring(draft));
    if (view.policy === 'spare-origin') inject(draft);
  }
  return draft.decisions;
}

/** What is left to do, and how fast it is done now. */
type Work = {
  /** What nobody brings yet, or peers owe. */
  readonly leftBytes: number;
  /** What origins' runs are to bring. */
  readonly inFlightBytes: number;
  readonly peersBytesPerS: number;
  readonly originsBytesPerS: number;
};

function workOf(draft: Draft): Work {
  let [originsBytesPerS, peersBytesPerS, inFlightBytes, leftBytes] = [0, 0, 0, draft.map.freeBytes];
  for (const origin of draft.view.origins) originsBytesPerS += rateOf(origin);
  for (const run of draft.runs) inFlightBytes += draft.leftBytes(run);
  for (const peer of draft.peers) {
    peersBytesPerS += peer.rateBytesPerS;
    leftBytes += peer.owed * BLOCK_LENGTH_BYTES;
  }
  return { leftBytes, inFlightBytes, peersBytesPerS, originsBytesPerS };
}

/** Seconds until everything is here, if all go on as they do. */
const leftS = ({ leftBytes, inFlightBytes, peersBytesPerS, originsBytesPerS }: Work): number =>
  (leftBytes + inFlightBytes) / Math.max(peersBytesPerS + originsBytesPerS, 1);

/**
 * What origins will have brought when all end together is left to them in one row, from the front: a range that peers have
 * left holes in would be many short ones, and an origin with a long round trip cannot do its share by those.
 */
function leaveToOrigins(draft: Draft, work: Work): void {
  const { map, view, peers } = draft;
  if (peers.length === 0 || view.origins.length === 0 || map.freePieces === 0) return;
  const { leftBytes, inFlightBytes, peersBytesPerS, originsBytesPerS } = work;
  const ofAll = originsBytesPerS / (originsBytesPerS + peersBytesPerS);
  let pieces = Math.ceil((ofAll * (leftBytes + inFlightBytes) - inFlightBytes) / map.pieceLengthBytes);
  draft.reservedFrom = map.firstFree;
  let end = map.firstFree;
  for (; end < map.pieceCount && pieces > 0; end++) if (map.states[end] === PieceState.free) pieces -= 1;
  draft.reservedPieces = end - draft.reservedFrom;
}

/** Fetches a piece that nobody around has, for everybody. */
function inject(draft: Draft): void {
  const { view, map } = draft;
  if (
    !view.hasOrphans ||
    view.peers.length === 0 ||
    view.nowMs - (view.lastInjectionMs ?? Number.NEGATIVE_INFINITY) < INJECT_EVERY_MS
  )
    return;
  const origin = view.origins.find((it) => runCount(draft, it) < (it.ignoresRanges ? 1 : it.maxRuns));
  if (origin === undefined) return;
  const unclaimed: PieceIndex[] = [];
  for (let piece = 0; piece < map.pieceCount; piece++) {
    const index = piece as PieceIndex;
    if (map.states[piece] !== PieceState.free || view.holders[piece] !== 0) continue;
    if (!view.claimed.has(index) && !origin.barred.has(index)) unclaimed.push(index);
  }
  const { seed, nowMs, demand } = view;
  const alpha = injectionAlpha(unclaimed.length, demand?.type === 'deadline' ? demand.inS : Number.POSITIVE_INFINITY);
  const piece = injectedPiece({ seed, nowMs, neighbours: view.peers.length, unclaimed, alpha });
  if (piece !== null) draft.startRun(origin, map.startOf(piece), map.startOf(piece + 1), 'inject');
}

/** Runs of an origin, those that this plan has begun included. */
function runCount(draft: Draft, origin: OriginView): number {
  const begun = draft.decisions.filter((it) => it.type === 'start-run' && it.origin === origin.origin);
  return draft.runsOf(origin).length + begun.length;
}
