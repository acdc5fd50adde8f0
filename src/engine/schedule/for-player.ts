import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { nextForPlayerS } from './block-times.ts';
import { canBring, type Draft, type DraftPeer, mayAsk } from './draft.ts';
import { planForStart } from './for-start.ts';
import { askFor, comesS, cutLateRun, isLate, isMuchSooner, mayAskAnother } from './late-blocks.ts';
import { lackingBlocks, type Needed, neededPieces, SLACK_S } from './needed-by-player.ts';
import { BlockState, PieceState } from './piece-map.ts';
import { type Kept, keptForFew } from './scarce-work.ts';
import { turnToFront } from './turn-to-front.ts';

/** Peers get slower as well as faster: their estimates are trusted with a margin. */
const CAUTION = 1.5;
/** One that has shown nothing may well be slow. */
const UNPROVEN_CAUTION = 3;
/** What one that fell silent is asked for, to see whether it is there, must be so far from being needed. */
const DOUBTED_S = 5;
/** Peers are relied on for a player when they bring so much more than it plays. */
const PEER_CONFIDENCE = 0.9;
/** Or when origins bring so many times what it plays: little has to be ahead for the moment at which peers get slower. */
const STANDS_IN = 2;
/** Or so many times what must come until the film ends, when much of it is here. */
const REST_CAUTION = 1.5;
/** Who has less than this part of the rate of the fastest peer brings whole pieces. */
const SHARING_PART = 0.25;

/** Until then whoever can brings it, also what another has little else than. */
const KEPT_FROM_S = 3;

/**
 * How far a peer has come in the list of what is needed: it takes longer for each block more, so it never goes back. But
 * it begins again with what it has left to others, when there is nothing else for it.
 */
type Search = { readonly peer: DraftPeer; at: number; leavesKept: boolean };

/**
 * Has peers bring what a player needs next: whoever is soonest brings the first block, and those who take longer bring
 * blocks that are needed no sooner than they can come. Nobody is asked for what would come too late.
 */
export function planForPlayer(draft: Draft): void {
  if (draft.view.playback === null) return;
  const needed = neededPieces(draft);
  draft.followTimes(); // or what one peer is asked for here would seem to come never, and be asked of the next as well
  planForStart(draft);
  const shareRate = arePeersReliedOn(draft) ? shareRates(draft) : null;
  if (shareRate !== null) turnToFront(draft, needed, soonestPeers(draft));
  // Whoever takes no longer than the soonest of all who have a piece takes the front, however late that is.
  const ofOriginsS = originS(draft);
  const ofPeersS = soonestPeers(draft);
  const bestS = (piece: PieceIndex): number => Math.min(ofPeersS(piece), ofOriginsS);
  const kept = keptUntilEnd(draft);
  const searches = new Set<Search>();
  for (const peer of draft.peers) if (peer.room > 0) searches.add({ peer, at: 0, leavesKept: kept !== null });
  while (searches.size > 0) {
    const search = soonest(searches);
    if (askNext(draft, needed, search, bestS, shareRate, kept)) {
      if (search.peer.room === 0) searches.delete(search);
    } else if (search.leavesKept) {
      search.leavesKept = false;
      search.at = 0;
    } else searches.delete(search);
  }
}

/**
 * What is left to peers that would run out of it before the film ends: then others would have to bring all the rest, and
 * an origin that is spared what they cannot.
 */
function keptUntilEnd(draft: Draft): Kept | null {
  const { view } = draft;
  if (view.playback === null || (view.policy !== 'spare-origin' && view.policy !== 'balanced')) return null;
  return keptForFew(draft, endInS(draft), 1);
}

/** Whether peers alone bring what is played, with some to spare, or an origin could stand in for all of them at once. */
function arePeersReliedOn(draft: Draft): boolean {
  const { peers, view } = draft;
  const origins = view.policy === 'origins-off' ? [] : view.origins;
  if (origins.length === 0) return true;
  if (view.policy === 'fastest') return false;
  const playedBytesPerS = view.playback?.bytesPerS ?? 0;
  let ofPeers = 0;
  for (const peer of peers) if (peer.view.rateBytesPerS !== null) ofPeers += peer.rateBytesPerS;
  let ofOrigins = 0;
  for (const { rateBytesPerS } of origins) ofOrigins += rateBytesPerS ?? 0;
  if (PEER_CONFIDENCE * ofPeers >= playedBytesPerS || ofOrigins >= STANDS_IN * playedBytesPerS) return true;
  return PEER_CONFIDENCE * ofPeers >= REST_CAUTION * restBytesPerS(draft);
}

/** What must come a second, on average, until the film ends. */
function restBytesPerS(draft: Draft): number {
  let missingBytes = draft.map.freeBytes;
  for (const run of draft.runs) missingBytes += draft.leftBytes(run);
  for (const { owed } of draft.peers) missingBytes += owed * BLOCK_LENGTH_BYTES;
  return missingBytes / Math.max(endInS(draft), 1);
}

/** Seconds until the film ends for a player that does not stop. */
function endInS({ map, view }: Draft): number {
  const { positionByte = 0, bytesPerS = 1 } = view.playback ?? {};
  return (map.lengthBytes - positionByte) / bytesPerS;
}

/** The rate from which on a peer shares a piece with others; null when peers bring whole pieces. */
type ShareRate = ((piece: PieceIndex) => number) | null;

/**
 * Who is slow next to the fastest peer that has a piece brings whole pieces, or would be in the way everywhere. What only
 * slow ones have they share.
 */
function shareRates({ peers }: Draft): (piece: PieceIndex) => number {
  const rates = new Map<PieceIndex, number>();
  return (piece) => {
    const known = rates.get(piece);
    if (known !== undefined) return known;
    const fastest = peers.find((peer) => peer.view.rateBytesPerS !== null && mayAsk(peer, piece)); // fastest first
    const rate = SHARING_PART * (fastest?.rateBytesPerS ?? 0);
    rates.set(piece, rate);
    return rate;
  };
}

/** Seconds until whoever is soonest of those who have a piece brings one block more. */
type BestS = (piece: PieceIndex) => number;

function soonestPeers({ peers }: Draft): BestS {
  const soonestFirst = peers.filter(({ view }) => !view.isDoubted).sort((a, b) => bringsS(a) - bringsS(b));
  const times = soonestFirst.map(bringsS); // of now: they take longer with each block that they are asked for
  const known = new Map<PieceIndex, number>();
  return (piece) => {
    let inS = known.get(piece);
    if (inS !== undefined) return inS;
    inS = times[soonestFirst.findIndex((peer) => mayAsk(peer, piece))] ?? Number.POSITIVE_INFINITY;
    known.set(piece, inS);
    return inS;
  };
}

/** Asks a peer for the first block that it can bring in time. Returns whether there is one. */
function askNext(
  draft: Draft,
  needed: readonly Needed[],
  search: Search,
  bestS: BestS,
  shareRate: ShareRate,
  kept: Kept | null,
): boolean {
  const { peer, leavesKept } = search;
  const blockS = bringsS(peer);
  for (; search.at < needed.length; search.at++) {
    const { piece, neededS, lateS } = needed[search.at] as Needed;
    if (leavesKept && neededS > KEPT_FROM_S && kept?.isKeptFrom(peer, piece) === true) continue;
    const isShared = peer.view.rateBytesPerS !== null && shareRate !== null && peer.rateBytesPerS >= shareRate(piece);
    const allS = isShared
      ? blockS
      : blockS + ((lackingBlocks(draft, piece) - 1) * BLOCK_LENGTH_BYTES) / peer.rateBytesPerS;
    const isInTime = CAUTION * allS + (peer.view.isDoubted ? DOUBTED_S : 0) <= neededS + SLACK_S;
    if (!isInTime && (peer.view.isDoubted || blockS > bestS(piece) + SLACK_S)) continue;
    let block = blockFor(draft, peer, piece, lateS, blockS);
    if (block === -1 && shareRate !== null) block = cutLateRun(draft, peer, piece, lateS, blockS);
    if (block === -1) continue;
    askFor(draft, peer, piece, block);
    return true;
  }
  return false;
}

/** A block of a piece that nobody brings, or that would come too late and from this peer sooner; -1 if there is none. */
function blockFor(draft: Draft, peer: DraftPeer, piece: PieceIndex, lateS: number, blockS: number): number {
  const open = draft.map.open(piece);
  if (open === undefined) return draft.map.states[piece] === PieceState.free && mayAsk(peer, piece) ? 0 : -1;
  if (!canBring(peer, open)) return -1;
  for (let block = 0; block < open.blocks.length; block++) {
    const state = open.blocks[block];
    if (state === BlockState.missing) return block;
    if (state !== BlockState.asked || !isLate(draft, open, block, lateS)) continue;
    if (open.peers[block]?.includes(peer.view.id) || !isMuchSooner(blockS, comesS(draft, open, block))) continue;
    if (mayAskAnother(draft, open, block)) return block;
  }
  return -1;
}

/** Seconds until an origin that has shown its rate brings one block more. */
function originS(draft: Draft): number {
  let bestS = Number.POSITIVE_INFINITY;
  if (draft.view.policy === 'origins-off') return bestS;
  for (const origin of draft.view.origins) {
    if (origin.rateBytesPerS === null) continue;
    let bytes = BLOCK_LENGTH_BYTES;
    for (const run of draft.runsOf(origin)) bytes += draft.leftBytes(run);
    bestS = Math.min(bestS, (origin.firstByteMs ?? 0) / 1_000 + bytes / origin.rateBytesPerS);
  }
  return bestS;
}

/** Seconds until a peer brings one block more. One that has shown nothing may well be slow. */
function bringsS(peer: DraftPeer): number {
  return nextForPlayerS(peer) * (peer.view.rateBytesPerS === null ? UNPROVEN_CAUTION : 1);
}

function soonest(searches: ReadonlySet<Search>): Search {
  let best: Search | null = null;
  let bestS = Number.POSITIVE_INFINITY;
  for (const search of searches) {
    const blockS = bringsS(search.peer);
    if (best !== null && blockS >= bestS) continue;
    best = search;
    bestS = blockS;
  }
  return best as Search;
}
