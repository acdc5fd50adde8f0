import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { Draft, DraftPeer, DraftRun } from './draft.ts';
import { NO_RUN, type OpenPiece } from './piece-map.ts';

/** Seconds until each block comes that peers owe: by its place in the queue of the soonest of them. */
export type BlockTimes = Map<OpenPiece['piece'], Float64Array>;

/** Looks through all queues once. What the plan asks for after that is for the caller to keep up to date. */
export function timesOfOwed(draft: Draft): BlockTimes {
  const times: BlockTimes = new Map();
  for (const peer of draft.peers) {
    if (peer.owed === 0) continue;
    for (const [at, { piece, block }] of draft.queueOf(peer).entries()) {
      const open = draft.map.open(piece);
      if (open === undefined) continue;
      const ofPiece = timesOfPiece(times, open);
      ofPiece[block] = Math.min(ofPiece[block] as number, owedS(peer, at));
    }
  }
  return times;
}

/** The times of one piece, to be read and written. */
export function timesOfPiece(times: BlockTimes, open: OpenPiece): Float64Array {
  const known = times.get(open.piece);
  if (known !== undefined) return known;
  const none = new Float64Array(open.blocks.length).fill(Number.POSITIVE_INFINITY);
  times.set(open.piece, none);
  return none;
}

/** Seconds until the block at this place of a peer's queue comes: the peer sends them one after the other. */
function owedS(peer: DraftPeer, at: number): number {
  const { view, rateBytesPerS } = peer;
  const sentS = ((at + 1) * BLOCK_LENGTH_BYTES) / rateBytesPerS - sendingS(peer);
  return Math.max(sentS, view.roundTripS - view.silentS) + overdueS(peer);
}

/** What should have come by now takes as long again, as far as anybody can tell. */
function overdueS({ view, rateBytesPerS }: DraftPeer): number {
  const blockS = BLOCK_LENGTH_BYTES / rateBytesPerS;
  return view.silentS > Math.max(blockS, view.roundTripS) ? view.silentS - blockS : 0;
}

/** For how long a peer has been sending the next block: a silence that is longer than a block takes is not that. */
function sendingS({ view, rateBytesPerS }: DraftPeer): number {
  return view.silentS * rateBytesPerS < BLOCK_LENGTH_BYTES ? view.silentS : 0;
}

/** Seconds until a peer brings one block more: when it has sent what it owes, and not before the request is there. */
export function nextBlockS(peer: DraftPeer): number {
  const blockS = BLOCK_LENGTH_BYTES / peer.rateBytesPerS;
  return Math.max(peer.owed * blockS - sendingS(peer), peer.view.roundTripS) + blockS;
}

/** The same for a player, which cannot wait until it is sure that a peer is late. */
export const nextForPlayerS = (peer: DraftPeer): number => nextBlockS(peer) + overdueS(peer);

/** Seconds until a run's stream is past a byte. */
export function runReachesS(draft: Draft, run: DraftRun, endByte: number): number {
  const origin = draft.view.origins.find((it) => it.origin === run.view.origin);
  const firstByteS = (origin?.firstByteMs ?? 0) / 1_000;
  const waitS = run.view.rateBytesPerS === null ? Math.max(firstByteS - run.view.silentS, 0) : 0;
  return waitS + (endByte - run.view.positionByte) / run.rateBytesPerS;
}

/** Seconds until somebody brings a block of an open piece; Infinity when nobody was asked for it. */
export function blockComesS(draft: Draft, times: BlockTimes, open: OpenPiece, block: number): number {
  const ofPeersS = times.get(open.piece)?.[block] ?? Number.POSITIVE_INFINITY;
  const number = open.runs[block] ?? NO_RUN;
  if (number === NO_RUN) return ofPeersS;
  const run = draft.runs.find(({ view }) => view.run === number);
  if (run === undefined) return 0; // begun by this plan
  const start = draft.map.startOf(open.piece) + block * BLOCK_LENGTH_BYTES;
  return Math.min(ofPeersS, runReachesS(draft, run, start + draft.map.blockLength(open.piece, block)));
}
