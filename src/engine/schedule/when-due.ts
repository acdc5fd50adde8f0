import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { bytesOverLine } from './deadline-line.ts';
import { type Draft, mayAsk, UNPROVEN_PEER_BYTES_PER_S } from './draft.ts';
import { lastDueS, owedAfterBytes } from './last-due.ts';
import { lateAtPeers } from './late-at-peers.ts';
import { dueS, lackingBytes, piecesForPlayer } from './needed-by-player.ts';
import { expectedBytes, peersExpected } from './peers-expected.ts';
import { BlockState, PieceState } from './piece-map.ts';
import { rateOf } from './plan-origins.ts';
import type { PlanView } from './plan-view.ts';
import { MIN_RUN_BYTES } from './run-length.ts';
import { keptForFew } from './scarce-work.ts';
import { allowanceOf } from './spare-origin.ts';

/** How far ahead of a player, or of a promised rate, it is worth to look. */
const HORIZON_S = 30;

/** Of what is due, origins are asked for no more than they bring in this time. */
const SOON_S = 1;

/** Bytes that origins may be asked for now: everything, unless the policy spares them. */
export function originsMayBring(draft: Draft): number {
  const { view, map } = draft;
  const isSparing = view.policy === 'spare-origin' || view.policy === 'balanced';
  const originFirstByteS = Math.min(...view.origins.map(({ firstByteMs }) => firstByteMs ?? 500), 2_000) / 1_000;
  const rates = view.origins.filter(({ rateBytesPerS }) => rateBytesPerS !== null);
  const originBytesPerS = rates.length === 0 ? null : rates.reduce((sum, origin) => sum + rateOf(origin), 0);
  const late = lateAtPeers(draft, originFirstByteS + PLAYER_MARGIN_S, originBytesPerS ?? Number.POSITIVE_INFINITY);
  draft.late = late;
  if (!isSparing) return Number.POSITIVE_INFINITY;
  // Nobody to wait for, and nothing that peers could have brought in time.
  if (view.demand === null && view.playback === null) return Number.POSITIVE_INFINITY;
  let inFlightOriginBytes = 0;
  for (const run of draft.runs) inFlightOriginBytes += draft.leftBytes(run);
  let inFlightPeerBytes = 0;
  let peerBytesPerS = 0;
  let peerRoundTripS = 0;
  for (const peer of draft.peers) {
    inFlightPeerBytes += peer.owed * BLOCK_LENGTH_BYTES;
    if (peer.view.rateBytesPerS === null || peer.owed === 0) continue;
    peerBytesPerS += peer.rateBytesPerS;
    peerRoundTripS = Math.max(peerRoundTripS, peer.view.roundTripS);
  }
  const freeBytes = map.freeBytes;
  const missingBytes = freeBytes + inFlightOriginBytes + inFlightPeerBytes;
  const { demand } = view;
  const ofDemand = (horizonS: number): number => {
    if (demand === null) return 0;
    if (demand.type === 'deadline') return horizonS >= demand.inS ? missingBytes : 0;
    const wanted = demand.bytesPerS * (demand.elapsedS + horizonS) - demand.gotBytes;
    return Math.min(Math.max(wanted, 0), missingBytes);
  };
  if (demand?.type === 'deadline' && view.playback === null) {
    const shownBytes = view.origins.reduce((sum, origin) => sum + (origin.shownBytes ?? Number.POSITIVE_INFINITY), 0);
    const { inS, elapsedS = Number.POSITIVE_INFINITY } = demand;
    return bytesOverLine({
      inS,
      elapsedS,
      missingBytes,
      inFlightOriginBytes,
      stretches: freeStretches(draft),
      peers: draft.peers.length,
      peersBringBytes: (withinS) => peersBringBytes(draft, withinS),
      originBytesPerS,
      shownBytes,
      originFirstByteS,
    });
  }
  const ofPlayer = dueToPlayer(draft);
  // At the end of a download slow peers owe all that is left, and a promised rate would be missed.
  const takenBytes = isForRate(view) ? inFlightPeerBytes : 0;
  const { bytes: allowance, withinS } = allowanceOf({
    freeBytes: freeBytes + takenBytes,
    inFlightOriginBytes,
    inFlightPeerBytes,
    peerBytesPerS,
    peerRoundTripS,
    originBytesPerS,
    originFirstByteS,
    dueBytes: (horizonS) => Math.max(ofDemand(horizonS), ofPlayer(horizonS)),
    ...(view.playback === null ? ofPromise(demand) : ofPlayback(draft, view.playback.bytesPerS)),
    lastHorizonS: demand?.type === 'deadline' ? Math.max(demand.inS, 0) : HORIZON_S,
  });
  draft.dueWithinS = withinS;
  if (originBytesPerS === null) return allowance;
  draft.dueWithinS = Math.max(withinS, late?.withinS ?? 0);
  // What is due is asked for bit by bit: peers may yet bring more than they seem to.
  const soonBytes = originBytesPerS * SOON_S;
  const lastS = lastDueS(draft);
  // When nothing is left that nobody brings, it is the slowest peers that a promised rate would wait for.
  if (lastS < CALM_S && freeBytes === 0) return Math.min(owedAfterBytes(draft, lastS), soonBytes);
  return Math.min(Math.max(allowance, late?.bytes ?? 0), Math.max(soonBytes - inFlightOriginBytes, MIN_RUN_BYTES));
}

/** A player waits for nobody: what it reaches is asked for so long before, and of an unknown origin as much as this. */
const PLAYER_MARGIN_S = 0.7;
/** And for what it plays in this time. */
const LEAST_PLAYED_S = 0.5;
const ofPlayback = (draft: Draft, bytesPerS: number) => {
  const { together, besides } = peersExpected(draft);
  return {
    marginS: PLAYER_MARGIN_S,
    probeBytes: Math.max(bytesPerS * PLAYER_MARGIN_S, MIN_RUN_BYTES),
    leastBytes: Math.max(bytesPerS * LEAST_PLAYED_S, MIN_RUN_BYTES),
    peersHaveBytes: neededOfPeers(draft),
    peersBring: together,
    // Peers that slow down are stood in for by origins as fast as the film at once; slower ones must begin sooner.
    besides,
  };
};

const isForRate = ({ demand, policy, playback }: PlanView): boolean =>
  demand?.type === 'rate' && policy === 'spare-origin' && playback === null;

/** An origin that cannot keep a promised rate is no reason to ask it before the rate is missed. */
const PROMISE_CONFIDENCE = 1.2;
const ofPromise = (demand: PlanView['demand']) =>
  demand?.type === 'rate' ? { unprovenBytesPerS: PROMISE_CONFIDENCE * demand.bytesPerS } : {};

/** Of their rate, what peers are trusted to keep up. */
const PEER_CONFIDENCE = 0.9;

/** In how many separate stretches lies what nobody brings. */
function freeStretches({ map }: Draft): number {
  const { states } = map;
  let stretches = 0;
  for (let piece = 0; piece < states.length; piece++) {
    if (states[piece] === PieceState.free && (piece === 0 || states[piece - 1] !== PieceState.free)) stretches += 1;
  }
  // What is begun and nobody finishes is one more each.
  if (map.hasMissingBlocks)
    for (const open of map.opens()) if (open.blocks.includes(BlockState.missing)) stretches += 1;
  return stretches;
}

/** Until so long before a deadline peers may have long queues. */
const CALM_S = 3;

/** A peer that has few pieces may get so much faster; what is kept for it in vain is brought by others in the end. */
const FASTER = 8;

/** Peers may get slower. */
const RESERVED_SHARE = 1.2;

/** What peers are expected to bring within so many seconds: of what each owes, and of what nobody brings. */
function peersBringBytes(draft: Draft, withinS: number): number {
  let ofOwed = 0;
  let ofFree = 0;
  for (const peer of draft.peers) {
    if (peer.owed === 0) continue;
    const owedBytes = peer.owed * BLOCK_LENGTH_BYTES;
    const rate = PEER_CONFIDENCE * peer.rateBytesPerS * (peer.view.rateBytesPerS === null ? 0.5 : 1);
    const bytes = rate * withinS;
    ofOwed += Math.min(bytes, owedBytes);
    ofFree += Math.max(rate * Math.max(withinS - peer.view.roundTripS, 0) - owedBytes, 0);
  }
  return ofOwed + Math.min(ofFree, draft.map.freeBytes);
}

/**
 * What peers need to know of a deadline: nobody is asked for what would come too late, and what peers will not bring is
 * left to the origins in one row, since an origin that has to bring single pieces from all over is slow.
 */
export function preparePeers(draft: Draft): void {
  const { view, peers, map } = draft;
  const leftS = lastDueS(draft);
  if (leftS === Number.POSITIVE_INFINITY || view.origins.length === 0) return;
  const isDeadline = view.demand?.type === 'deadline';
  if (isDeadline) {
    let owedBytes = 0;
    for (const peer of peers) owedBytes += peer.owed * BLOCK_LENGTH_BYTES;
    const left = map.freeBytes + owedBytes - peersBringBytes(draft, Math.max(leftS, 0));
    draft.reservedPieces = Math.max(Math.ceil((RESERVED_SHARE * left) / map.pieceLengthBytes), 1);
  }
  if (leftS <= 0) return;
  const isCalm = isDeadline && leftS > CALM_S;
  if (leftS > CALM_S) draft.kept = keptForFew(draft, leftS, FASTER);
  for (const peer of peers) {
    // One that has shown nothing is not taken for as slow as the others may have become, or it would never show more.
    const leastRate = peer.view.rateBytesPerS === null ? UNPROVEN_PEER_BYTES_PER_S : 0;
    const rate = Math.max(peer.rateBytesPerS, leastRate);
    const blocks = Math.floor(((leftS - peer.view.roundTripS) * rate) / BLOCK_LENGTH_BYTES);
    const room = isCalm ? (peer.view.calmRequests ?? peer.room) : peer.room;
    peer.room = Math.max(Math.min(room, blocks - peer.owed), 0);
  }
}

/**
 * What each peer can bring at the most of what a player reaches within some seconds, in all: it may be fast, and have
 * only what comes later.
 */
function neededOfPeers(draft: Draft): (horizonS: number, usableS: number) => number {
  const { map } = draft;
  const needed: { readonly piece: PieceIndex; readonly inS: number; readonly bytes: number }[] = [];
  for (const piece of piecesForPlayer(draft)) {
    if (map.states[piece] === PieceState.inRun) continue;
    needed.push({ piece, inS: dueS(draft, piece), bytes: lackingBytes(draft, piece) });
  }
  const ofPeers = draft.peers
    .filter((peer) => peer.view.rateBytesPerS !== null && peer.owed > 0)
    .map((peer) => {
      let sum = 0;
      const bytes = needed.map((it) => {
        if (mayAsk(peer, it.piece)) sum += it.bytes;
        return sum;
      });
      return { peer, bytes };
    });
  return (horizonS, usableS) => {
    let last = -1;
    while (last + 1 < needed.length && (needed[last + 1]?.inS ?? 0) <= horizonS) last += 1;
    let sum = 0;
    for (const { peer, bytes } of ofPeers) {
      sum += Math.min(PEER_CONFIDENCE * expectedBytes(peer, usableS), bytes[last] ?? 0);
    }
    return sum;
  };
}

/** Missing bytes between a player and where it will be that many seconds from now. */
function dueToPlayer(draft: Draft): (horizonS: number) => number {
  const { view, map } = draft;
  const { playback } = view;
  if (playback === null) return () => 0;
  const first = map.pieceAt(playback.positionByte);
  const ends: number[] = [];
  const missing: number[] = [];
  let sum = 0;
  const lastByte = Math.min(playback.positionByte + playback.bytesPerS * HORIZON_S, map.lengthBytes);
  for (let piece = first as number; map.startOf(piece) < lastByte; piece++) {
    if (map.states[piece] !== PieceState.held) sum += lackingBytes(draft, piece as PieceIndex);
    // A piece is of use only when it is whole: it is due when its first byte is played.
    ends.push(dueS(draft, piece));
    missing.push(sum);
  }
  return (horizonS) => {
    let due = 0;
    for (let i = 0; i < ends.length && (ends[i] as number) <= horizonS; i++) due = missing[i] as number;
    return due;
  };
}
