import type { PieceIndex } from '../../model/ids.ts';
import { type Draft, type DraftPeer, mayAsk } from './draft.ts';
import { PieceState } from './piece-map.ts';

/** How many free pieces are looked at to learn which part of them a peer has. */
const SAMPLES = 128;
/** A peer may get so much faster. */
const FASTER = 2;
/** Every look at a piece may cost a look at each of them. */
const MOST_PEERS = 8;
/** Of what we lack, no more than about this part is kept. */
const MOST_KEPT = 0.6;

/** What is left to some peers by whoever can bring anything else. */
export type Kept = {
  readonly peers: ReadonlySet<DraftPeer>;
  /** Whether a piece is left to one of them. */
  has(piece: number): boolean;
  /** The same, for a peer that may be one of them: to one that is shorter of work than itself. */
  isKeptFrom(peer: DraftPeer, piece: number): boolean;
};

/**
 * The pieces that are kept for peers which have so few of those we lack that they could run out of work before `withinS`
 * seconds have passed; null when there are no such peers, or nobody else who brings anything.
 */
export function keptForFew(draft: Draft, withinS: number, faster = FASTER): Kept | null {
  if (draft.map.freePieces === 0 || withinS <= 0) return null;
  const loads = new Map<DraftPeer, number>();
  const lacking = sampleOf(draft);
  for (const peer of draft.peers) {
    const load = loadOf(draft, lacking, peer, faster * withinS);
    if (load > 1) loads.set(peer, load);
  }
  const hasOthers = loads.size < draft.peers.length || draft.peers.length > 1 || draft.view.origins.length > 0;
  if (loads.size === 0 || !hasOthers) return null;
  const shortest = shortestOf(
    lacking,
    [...loads.keys()].sort((a, b) => (loads.get(b) ?? 0) - (loads.get(a) ?? 0)),
  );
  return {
    peers: new Set(shortest),
    has: (piece) => shortest.some((peer) => mayAsk(peer, piece as PieceIndex)),
    isKeptFrom: (peer, piece) => {
      for (const other of shortest) {
        if (other === peer) return false;
        if (mayAsk(other, piece as PieceIndex)) return true;
      }
      return false;
    },
  };
}

/**
 * Those of the peers, shortest of work first, that pieces are kept for: were most pieces kept, all others would have to
 * take of them, and those who need them most would be kept nothing.
 */
function shortestOf(lacking: readonly number[], peers: readonly DraftPeer[]): readonly DraftPeer[] {
  const shortest: DraftPeer[] = [];
  const isKept = new Uint8Array(lacking.length);
  let kept = 0;
  for (const peer of peers) {
    if (shortest.length === MOST_PEERS) break;
    const more: number[] = [];
    for (const [at, piece] of lacking.entries()) {
      if (isKept[at] === 0 && mayAsk(peer, piece as PieceIndex)) more.push(at);
    }
    if (shortest.length > 0 && kept + more.length > MOST_KEPT * lacking.length) continue;
    shortest.push(peer);
    for (const at of more) isKept[at] = 1;
    kept += more.length;
  }
  return shortest;
}

/** How late peers should begin a piece: 0 first, 1 what is kept for others, 2 what is reserved for origins, 3 both. */
export type Turn = 0 | 1 | 2 | 3;

/** Whether it is a piece's turn, for a peer that pieces are kept for, or for all others. */
export function isOfTurn(draft: Draft, piece: number, turn: Turn, few: DraftPeer | null = null): boolean {
  const { map, kept, reservedFrom, reservedPieces } = draft;
  const fromPlace = piece - reservedFrom;
  const isReserved = (fromPlace < 0 ? fromPlace + map.pieceCount : fromPlace) < reservedPieces;
  if (isReserved !== turn >= 2) return false;
  const isKept = few === null ? kept?.has(piece) === true : kept?.isKeptFrom(few, piece) === true;
  return isKept === (turn % 2 === 1);
}

/** The turns that there are. */
export const turnsOf = ({ kept, reservedPieces }: Draft): readonly Turn[] =>
  kept === null ? (reservedPieces === 0 ? [0] : [0, 2]) : [0, 1, 2, 3];

/** What a peer could bring within that time of what it has and we lack, in parts of that; 0 when it has all or nothing. */
function loadOf({ map }: Draft, lacking: readonly number[], peer: DraftPeer, withinS: number): number {
  // What it has is not given away while it is slow for a few seconds.
  const bytesPerS = Math.max(peer.rateBytesPerS, peer.view.usualBytesPerS ?? 0);
  const bringsPieces = (bytesPerS * withinS) / map.pieceLengthBytes;
  if (bringsPieces < 1 || peer.view.rateBytesPerS === null) return 0;
  const looked = lacking.length;
  let had = 0;
  for (const piece of lacking) if (mayAsk(peer, piece as PieceIndex)) had += 1;
  return had === 0 || had === looked ? 0 : bringsPieces / ((map.freePieces * had) / looked);
}

/** Some of the pieces that are not here yet. */
function sampleOf({ map }: Draft): readonly number[] {
  const step = Math.max(Math.floor(map.pieceCount / SAMPLES), 1);
  const lacking: number[] = [];
  for (let piece = 0; piece < map.pieceCount; piece += step) if (isLacking(map.states[piece])) lacking.push(piece);
  return lacking;
}

const isLacking = (state: number | undefined): boolean => state === PieceState.free || state === PieceState.open;
