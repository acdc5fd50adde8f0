import type { PieceIndex } from '../../model/ids.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';
import { bitfieldText, type Heard } from './flight-entry.ts';

/** What a log says of a peer that joined. `pieceCount`: 0 when what it has is not written down. */
export function peerJoinedEntry(peer: SwarmPeer, pieceCount: number): Heard {
  const { id, isChoking, maxRequests, client } = peer;
  return { type: 'peer-joined', peer: id, isChoking, maxRequests, client, pieces: holding(peer, pieceCount) };
}

/** What a log says of a peer that has one piece more, or, with null, changed altogether. */
export function peerChangedEntry(peer: SwarmPeer, piece: PieceIndex | null, pieceCount: number): Heard {
  const { id, isChoking } = peer;
  return {
    type: 'peer-changed',
    peer: id,
    isChoking,
    piece,
    pieces: piece === null ? holding(peer, pieceCount) : null,
  };
}

const holding = (peer: SwarmPeer, pieceCount: number): string =>
  pieceCount === 0 ? '' : bitfieldText(pieceCount, (piece) => peer.has(piece));
