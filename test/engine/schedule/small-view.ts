import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import type { OriginView, Owed, PeerView, PlanView } from '../../../src/engine/schedule/plan-view.ts';
import { rarestFirst } from '../../../src/engine/schedule/rarest-first.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';

export const BLOCK = 16_384;
const BLOCKS_A_PIECE = 16;
export const PIECE = BLOCKS_A_PIECE * BLOCK;

/** A view of a download of so many pieces of 16 blocks, of which nothing is here, nobody is known and nothing is due. */
export function smallView(pieceCount: number, other: Partial<PlanView> = {}): PlanView {
  const map = other.map ?? new PieceMap(PIECE, pieceCount * PIECE, new Uint8Array(pieceCount));
  const peers = other.peers ?? [];
  const holders = Uint16Array.from({ length: pieceCount }, (_, piece) => {
    return peers.filter((peer) => peer.has(piece as PieceIndex)).length;
  });
  return {
    nowMs: 60_000,
    policy: 'spare-origin',
    demand: null,
    playback: null,
    holders,
    rarest: () => rarestFirst(map.states, holders, 0),
    hasOrphans: holders.includes(0),
    claimed: new Set(),
    suspect: new Set(),
    origins: [],
    runs: [],
    wasteAllowanceBytes: 10 * BLOCK,
    seed: 0,
    ...other,
    map,
    peers,
  };
}

/** A peer of 1 MB/s that has everything, owes nothing and may be asked for a few blocks. */
export function smallPeer(name: string, other: Partial<PeerView> & { readonly owes?: readonly Owed[] } = {}): PeerView {
  const { owes = [], ...rest } = other;
  return {
    id: name as PeerId,
    freeRequests: 4,
    rateBytesPerS: 1_000_000,
    roundTripS: 0.05,
    silentS: 0,
    owedBlocks: owes.length,
    barred: new Set(),
    has: () => true,
    owed: () => owes,
    ...rest,
  };
}

/** An origin of 4 MB/s that has shown its rate. */
export const smallOrigin = (other: Partial<OriginView> = {}): OriginView => ({
  origin: 'https://origin.test/' as OriginUrl,
  maxRuns: 3,
  rateBytesPerS: 4_000_000,
  shownBytes: 10_000_000,
  firstByteMs: 100,
  silentS: 0,
  ignoresRanges: false,
  barred: new Set(),
  ...other,
});

/** Marks so many blocks of a piece, from the first on, as asked of a peer. Returns what it owes. */
export function askAll(map: PieceMap, piece: number, peer: string, blocks = BLOCKS_A_PIECE): Owed[] {
  const index = piece as PieceIndex;
  if (map.open(index) === undefined) map.begin(index, null);
  return Array.from({ length: blocks }, (_, block) => {
    map.ask(index, block, peer as PeerId);
    return { piece: index, block };
  });
}
