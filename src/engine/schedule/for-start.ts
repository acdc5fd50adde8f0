import type { PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { nextForPlayerS, runReachesS } from './block-times.ts';
import { type Draft, type DraftPeer, type DraftRun, mayAsk, UNPROVEN_PEER_BYTES_PER_S, wornRateOf } from './draft.ts';
import { hasHalted } from './halted.ts';
import { askFor, comesS, mayAskAnother } from './late-blocks.ts';
import { standsStill } from './make-way.ts';
import { lackingBytes, piecesForPlayer } from './needed-by-player.ts';
import { BlockState, NO_RUN, PieceState } from './piece-map.ts';

/** What takes longer to come is brought in order: until then rates change, and the player may begin with less. */
const SHARED_OUT_S = 1.5;
/** Who has less than this part of the rate of the fastest source would only be in the way. */
const SHARING_PART = 0.15;
/** Another brings a block that would be late if it is there so much sooner: estimates are rough. */
const MIN_GAIN_S = 0.15;
const MIN_GAIN = 1.2;

/** Peers owe what takes a round trip and so long, and no more: what is waited for changes by the moment. */
const NEAR_S = 0.3;

/** A block that a player stands still for, and that nobody brings or a stream has not come to. */
type Wanted = { readonly piece: PieceIndex; readonly block: number };

/** Who brings blocks one after the other, and in how many seconds the next of them is here. No peer: an origin. */
type Bringer = { readonly peer: DraftPeer | null; readonly blockS: number; comesInS: number };

/**
 * Shares out what a player stands still for, so that all who bring it end together: it plays when all of it is there, and
 * in which order that comes is the same to it. Origins stream it from the front, peers bring it from the end, also what a
 * stream would come to later; and who turns out to be slow is relieved of what it has not begun to send.
 */
export function planForStart(draft: Draft): void {
  if (!standsStill(draft)) return;
  draft.followTimes(); // or what one peer is asked for here would seem to come never
  const pieces = awaitedPieces(draft);
  const wanted = pieces.flatMap((piece) => wantedOf(draft, piece));
  const bringers = bringersOf(draft, pieces);
  const sharing = new Set(bringers);
  const taken = new Set<number>();
  let [front, end] = [0, wanted.length];
  while (front < end && sharing.size > 0) {
    const next = soonest(sharing);
    const last = next.peer === null ? -1 : lastFor(next.peer, wanted, taken, front, end);
    if (next.peer === null) front += 1;
    else if (last === -1) {
      sharing.delete(next);
      continue;
    } else {
      taken.add(last);
      take(draft, next.peer, wanted[last] as Wanted);
    }
    next.comesInS += next.blockS;
    while (front < end && taken.has(front)) front += 1;
    while (front < end && taken.has(end - 1)) end -= 1;
  }
  relieve(draft, pieces, bringers);
  if (pieces.length > 0) stayNear(draft);
}

/** Has peers owe little of what comes after it, so that each soon brings what it turns out to wait for. */
function stayNear({ peers }: Draft): void {
  for (const peer of peers) {
    if (peer.view.rateBytesPerS === null) continue; // it is asked for little as it is
    const mostOwed = Math.ceil(((peer.view.roundTripS + NEAR_S) * peer.rateBytesPerS) / BLOCK_LENGTH_BYTES);
    peer.room = Math.max(Math.min(peer.room, mostOwed - peer.owed), 0);
  }
}

/** What a player waits for; nothing when it does not come soon. */
function awaitedPieces(draft: Draft): PieceIndex[] {
  const { view, map } = draft;
  const { positionByte = 0, waitsForBytes = 0 } = view.playback ?? {};
  let bytesPerS = 0;
  for (const peer of draft.peers) bytesPerS += peer.rateBytesPerS;
  for (const origin of view.policy === 'origins-off' ? [] : view.origins) bytesPerS += wornRateOf(origin);
  const pieces: PieceIndex[] = [];
  let bytes = 0;
  for (const piece of piecesForPlayer(draft)) {
    if (map.startOf(piece) >= positionByte + waitsForBytes) break;
    if (bytes > SHARED_OUT_S * bytesPerS) return [];
    if (view.suspect.has(piece)) continue; // one source brings it whole
    pieces.push(piece);
    bytes += lackingBytes(draft, piece);
  }
  return pieces;
}

function wantedOf(draft: Draft, piece: PieceIndex): Wanted[] {
  const { map } = draft;
  const open = map.open(piece);
  if (open !== undefined && open.soleSource !== null) return [];
  const wanted: Wanted[] = [];
  for (let block = 0; block < map.blockCount(piece); block++) {
    if (open?.blocks[block] === BlockState.here || (open?.peers[block]?.length ?? 0) > 0) continue;
    const run = runOf(draft, piece, block)?.view;
    // A stream that has brought nothing yet may be a fast one; the block that it is in is left to it.
    const isLeft = run !== undefined && map.startOf(piece) + block * BLOCK_LENGTH_BYTES <= run.positionByte;
    if (!isLeft && run?.rateBytesPerS !== null) wanted.push({ piece, block });
  }
  return wanted;
}

/** The run that is to bring a block. */
function runOf({ map, runs }: Draft, piece: PieceIndex, block: number): DraftRun | undefined {
  const open = map.open(piece);
  return runs.find(({ view }) => (open === undefined ? map.isOfRun(piece, view.run) : open.runs[block] === view.run));
}

function bringersOf(draft: Draft, pieces: readonly PieceIndex[]): Bringer[] {
  const peers = draft.peers.filter(({ view }) => view.isDoubted !== true).map(bringerOfPeer);
  const all = [...originsThatBring(draft, pieces), ...peers];
  const fastestS = Math.min(...all.map(({ blockS }) => blockS));
  return all.filter(({ peer, blockS }) => peer === null || blockS * SHARING_PART <= fastestS);
}

function bringerOfPeer(peer: DraftPeer): Bringer {
  const { rateBytesPerS, view } = peer;
  // That others are fast says nothing about one that has shown nothing.
  const slower = view.rateBytesPerS === null ? Math.max(rateBytesPerS / UNPROVEN_PEER_BYTES_PER_S, 1) : 1;
  return { peer, blockS: (slower * BLOCK_LENGTH_BYTES) / rateBytesPerS, comesInS: slower * nextForPlayerS(peer) };
}

function originsThatBring(draft: Draft, pieces: readonly PieceIndex[]): Bringer[] {
  const { view, map } = draft;
  if (view.policy === 'origins-off') return [];
  const endByte = map.startOf((pieces.at(-1) ?? 0) + 1);
  return view.origins
    .filter((origin) => origin.maxRuns > 0 && !hasHalted(origin))
    .map((origin) => {
      const blockS = BLOCK_LENGTH_BYTES / wornRateOf(origin);
      const waitsS = draft
        .runsOf(origin)
        .filter((run) => run.view.positionByte < endByte)
        .map((run) => runReachesS(draft, run, run.view.positionByte));
      const waitS = waitsS.length === 0 ? (origin.firstByteMs ?? 200) / 1_000 : Math.min(...waitsS);
      return { peer: null, blockS, comesInS: waitS + blockS };
    });
}

function soonest(bringers: ReadonlySet<Bringer>): Bringer {
  return [...bringers].reduce((best, it) => (it.comesInS < best.comesInS ? it : best));
}

/** Where the last of what is wanted is that a peer has and nobody has taken; -1 when there is none. */
function lastFor(
  peer: DraftPeer,
  wanted: readonly Wanted[],
  taken: ReadonlySet<number>,
  front: number,
  end: number,
): number {
  for (let at = end - 1; at >= front; at--) {
    if (!taken.has(at) && mayAsk(peer, (wanted[at] as Wanted).piece)) return at;
  }
  return -1;
}

/** Has a peer bring a block. One that has no room for it now is asked for it in a moment. */
function take(draft: Draft, peer: DraftPeer, { piece, block }: Wanted): void {
  if (peer.room === 0) return;
  const { map } = draft;
  const run = runOf(draft, piece, block);
  if (run !== undefined) draft.shorten(run, map.startOf(piece) + block * BLOCK_LENGTH_BYTES, 'stolen');
  const isMissing = map.open(piece)?.blocks[block] === BlockState.missing;
  if (isMissing || map.states[piece] === PieceState.free) askFor(draft, peer, piece, block);
}

/** Has others bring what a peer would bring late: it is taken away from it, or comes twice if it may be on its way. */
function relieve(draft: Draft, pieces: readonly PieceIndex[], bringers: readonly Bringer[]): void {
  const { map } = draft;
  const owed = pieces.flatMap((piece) => {
    const open = map.open(piece);
    if (open === undefined || open.soleSource !== null) return [];
    const blocks = [...open.blocks.keys()].filter(
      (block) => open.blocks[block] === BlockState.asked && open.runs[block] === NO_RUN,
    );
    return blocks.map((block) => ({ piece, block, inS: comesS(draft, open, block) }));
  });
  for (const { piece, block, inS } of owed.sort((a, b) => b.inS - a.inS)) {
    const open = map.open(piece);
    if (open === undefined) continue;
    const able = bringers.filter(
      ({ peer }) =>
        peer !== null &&
        peer.room > 0 &&
        peer.view.rateBytesPerS !== null &&
        mayAsk(peer, piece) &&
        open.peers[block]?.includes(peer.view.id) !== true,
    );
    const best = able.length === 0 ? null : soonest(new Set(able));
    if (best?.peer == null || MIN_GAIN * best.comesInS + MIN_GAIN_S > inS) continue;
    if (!mayAskAnother(draft, open, block)) continue;
    askFor(draft, best.peer, piece, block);
    best.comesInS += best.blockS;
  }
}
