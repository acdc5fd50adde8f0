import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { type Draft, type DraftPeer, type DraftRun, mayAsk } from './draft.ts';
import { HALT_S } from './halted.ts';
import { isSentAlready } from './held-origins.ts';
import { mayComeTwice } from './needed-by-player.ts';
import { BlockState, PieceState } from './piece-map.ts';
import type { Owed } from './plan-view.ts';

/** To take over must win at least this much: a request that is moved costs messages, and perhaps bytes. */
const MIN_GAIN_S = 0.05;
/** What a peer will have sent within this time and a round trip may be on its way: to ask for it again is to pay twice. */
const ON_ITS_WAY_S = 0.05;
/** One that has sent nothing for the time of so many of its blocks may be gone. */
const MUTE_BLOCKS = 3;
/** Round trips are not always the same. */
const LONGER_ROUND_TRIP = 1.25;

/** Blocks that may change hands in one plan: the next is made soon, and none may take long. */
export const MOST_TAKEN = 64;

type Victim = { readonly run: DraftRun } | { readonly peer: DraftPeer; readonly at: number };

/**
 * Nothing is left that nobody brings: a peer takes the last blocks of whoever would be ready last, one by one, for as
 * long as it is sooner. Blocks deep in a slow peer's queue are moved; one that may be on its way is asked for twice,
 * within the waste that is allowed.
 */
export function takeFromSlower(draft: Draft, thief: DraftPeer): void {
  while (thief.room > 0 && draft.takenOver < MOST_TAKEN) {
    draft.takenOver += 1;
    const victim = slowestFor(draft, thief, draft.peerS(thief, 1) + MIN_GAIN_S);
    if (victim === null) return biteFromRun(draft, thief);
    if ('run' in victim) takeLastBlock(draft, thief, victim.run);
    else takeOwed(draft, thief, victim.peer, victim.at);
  }
}

/** Whoever is ready last of those from whom this peer could take a block, if that is later than `soonestS`. */
function slowestFor(draft: Draft, thief: DraftPeer, soonestS: number): Victim | null {
  let worst: Victim | null = null;
  let worstS = soonestS;
  for (const run of draft.runs) {
    const runS = draft.runS(run);
    if (runS <= worstS || isSentAlready(draft, run) || !isTailFree(draft, thief, run)) continue;
    worst = { run };
    worstS = runS;
  }
  for (const peer of draft.peers) {
    if (peer === thief || peer.owed === 0) continue;
    const peerS = draft.peerS(peer, 0);
    if (peerS <= worstS) continue;
    const at = lastTakable(draft, thief, peer, soonestS);
    if (at === -1) continue;
    worst = { peer, at };
    worstS = peerS;
  }
  return worst;
}

/** Whether the last block of a run has not been streamed, and this peer may bring it. */
function isTailFree(draft: Draft, thief: DraftPeer, run: DraftRun): boolean {
  const { map, view } = draft;
  // The block that its stream is in is left to it, unless it has come to a halt there.
  const leftBytes = draft.leftBytes(run);
  if (leftBytes === 0 || (leftBytes < BLOCK_LENGTH_BYTES && run.view.silentS < HALT_S)) return false;
  const piece = map.pieceAt(run.endByte - 1);
  if (map.open(piece)?.peers[lastBlock(draft, run)]?.includes(thief.view.id)) return false;
  return !view.suspect.has(piece) && mayAsk(thief, piece);
}

function takeLastBlock(draft: Draft, thief: DraftPeer, run: DraftRun): void {
  const { map } = draft;
  const piece = map.pieceAt(run.endByte - 1);
  const block = lastBlock(draft, run);
  draft.shorten(run, map.startOf(piece) + block * BLOCK_LENGTH_BYTES, 'stolen');
  if (map.states[piece] === PieceState.free) draft.begin(piece, thief.view.id);
  // A peer may have brought it since the run took it: then there is nothing to ask for.
  const state = map.open(piece)?.blocks[block] ?? BlockState.here;
  if (state !== BlockState.here) draft.ask(thief, piece, block, 'stolen');
}

function lastBlock({ map }: Draft, { endByte }: DraftRun): number {
  return Math.floor((endByte - 1 - map.startOf(map.pieceAt(endByte - 1))) / BLOCK_LENGTH_BYTES);
}

/**
 * A peer that has only some pieces takes the end of the last of those that a run has not come to, and the run ends before
 * it: what was behind it is free again, for that origin first of all, and the peer goes on from there block by block.
 */
function biteFromRun(draft: Draft, thief: DraftPeer): void {
  const { map, view } = draft;
  for (const run of draft.runs) {
    if (isSentAlready(draft, run)) continue;
    // What the stream would have come to before the first block is here is left to it.
    const soonestByte = run.view.positionByte + (draft.peerS(thief, 1) + MIN_GAIN_S) * run.rateBytesPerS;
    for (let piece = map.pieceAt(run.endByte - 1) as number; map.startOf(piece + 1) > soonestByte; piece--) {
      const index = piece as PieceIndex;
      if (!map.isOfRun(index, run.view.run) || view.suspect.has(index) || !mayAsk(thief, index)) continue;
      const blocks = map.blockCount(piece);
      let first = blocks - 1;
      while (first > 0 && blocks - first < thief.room && isSooner(draft, thief, run, piece, first - 1)) first -= 1;
      if (!isSooner(draft, thief, run, piece, first)) continue;
      draft.shorten(run, map.startOf(piece) + first * BLOCK_LENGTH_BYTES, 'stolen');
      if (map.states[piece] === PieceState.free) draft.begin(index, thief.view.id);
      for (let block = first; block < blocks && thief.room > 0; block++) draft.ask(thief, index, block, 'stolen');
      return;
    }
  }
}

/** Whether a peer brings a piece from this block to its end before a run's stream would have come to that block. */
function isSooner(draft: Draft, thief: DraftPeer, run: DraftRun, piece: number, block: number): boolean {
  const start = draft.map.startOf(piece) + block * BLOCK_LENGTH_BYTES;
  const streamS = (start - run.view.positionByte) / run.rateBytesPerS;
  return draft.peerS(thief, draft.map.blockCount(piece) - block) + MIN_GAIN_S <= streamS;
}

/** Index in a peer's queue of the last block that this peer may bring as well; -1 when there is none. */
function lastTakable(draft: Draft, thief: DraftPeer, from: DraftPeer, soonestS: number): number {
  const queue = draft.queueOf(from);
  for (let at = queue.length - 1; at >= 0; at--) {
    const { piece, block } = queue[at] as Owed;
    const open = draft.map.open(piece);
    if (open === undefined || open.soleSource !== null || draft.readyS(open, block) <= soonestS) continue;
    if (open.peers[block]?.includes(thief.view.id)) continue;
    if (!mayAsk(thief, piece)) continue;
    if (isOnItsWay(from, at) && !mayComeTwice(draft, piece)) return -1;
    return at;
  }
  return -1;
}

/** Whether nothing is expected of a peer: it fell silent, or is silent for longer than some of its blocks take. */
function isMute({ view }: DraftPeer): boolean {
  const blocksS = (MUTE_BLOCKS * BLOCK_LENGTH_BYTES) / Math.max(view.rateBytesPerS ?? Number.POSITIVE_INFINITY, 1);
  return view.isDoubted === true || view.silentS > Math.max(HALT_S, blocksS + 2 * view.roundTripS);
}

export function isOnItsWay(from: DraftPeer, at: number): boolean {
  if (isMute(from)) return false;
  const blockS = BLOCK_LENGTH_BYTES / from.rateBytesPerS;
  // The first is on its way since the last one came.
  return at * blockS - Math.min(from.view.silentS, blockS) < LONGER_ROUND_TRIP * from.view.roundTripS + ON_ITS_WAY_S;
}

function takeOwed(draft: Draft, thief: DraftPeer, from: DraftPeer, at: number): void {
  const { piece, block } = draft.queueOf(from)[at] as Owed;
  if (isOnItsWay(from, at)) {
    draft.wasteAllowanceBytes -= BLOCK_LENGTH_BYTES;
    draft.ask(thief, piece, block, 'end-game');
    return;
  }
  draft.cancelAt(from, at);
  if (draft.map.states[piece] === PieceState.free) draft.begin(piece as PieceIndex, thief.view.id);
  draft.ask(thief, piece, block, 'stolen');
}
