import type { Bitfield, Wire } from 'webtorrent';
import type { PeerId, PieceIndex } from '../../model/ids.ts';
import { countBits } from './count-bits.ts';
import { programOfPeerId } from './program-of-peer-id.ts';
import type { PeerStatus, SwarmEvents, SwarmPeer } from './swarm.ts';

/** Requests in flight to a peer that does not say how many it takes. */
const DEFAULT_MAX_REQUESTS = 250;
const MAX_CLIENT_NAME = 60;
/** Azureus-style ids begin with eight characters that name the program. */
const PROGRAM_HEX_CHARS = 16;

let connections = 0;

/** One webtorrent wire as a peer of ours. */
export class WirePeer implements SwarmPeer {
  readonly id: PeerId;
  readonly #wire: Wire;
  readonly #events: SwarmEvents;
  readonly #program: string;

  constructor(wire: Wire, events: SwarmEvents) {
    connections += 1;
    // The random half of the id: the first is the same for all who use one program.
    this.id = `${wire.peerId.slice(PROGRAM_HEX_CHARS, PROGRAM_HEX_CHARS + 16)}-${connections}` as PeerId;
    this.#wire = wire;
    this.#events = events;
    this.#program = programOfPeerId(wire.peerId);
    const changed = () => events.peerChanged(this, null);
    for (const message of ['bitfield', 'have-all', 'have-none', 'choke', 'unchoke']) wire.on(message, changed);
    wire.on('have', (piece: number) => events.peerChanged(this, piece as PieceIndex));
    wire.on('upload', (bytes: number) => events.uploaded(bytes));
    wire.once('close', () => events.peerLeft(this));
  }

  get client(): string {
    const said = this.#wire.peerExtendedHandshake?.v;
    const text = said instanceof Uint8Array ? new TextDecoder().decode(said) : typeof said === 'string' ? said : '';
    return text.trim() === '' ? this.#program : text.slice(0, MAX_CLIENT_NAME);
  }

  get isChoking(): boolean {
    return this.#wire.peerChoking;
  }

  get maxRequests(): number {
    const said = this.#wire.peerExtendedHandshake?.reqq;
    return typeof said === 'number' && said >= 1 ? Math.min(said, DEFAULT_MAX_REQUESTS) : DEFAULT_MAX_REQUESTS;
  }

  has(piece: PieceIndex): boolean {
    return this.#wire.peerPieces.get(piece);
  }

  status(pieceCount: number): PeerStatus {
    const { amChoking, amInterested, peerInterested, downloaded, uploaded, peerPieces } = this.#wire;
    return {
      isChokedByUs: amChoking,
      isInteresting: amInterested,
      isInterested: peerInterested,
      downBytesPerS: this.#wire.downloadSpeed(),
      upBytesPerS: this.#wire.uploadSpeed(),
      downBytes: downloaded,
      upBytes: uploaded,
      pieces: countPieces(peerPieces, pieceCount),
    };
  }

  request(piece: PieceIndex, offset: number, lengthBytes: number): void {
    this.#wire.request(piece, offset, lengthBytes, (error, bytes) => {
      if (error !== null || bytes === null) this.#events.refused(this, piece, offset);
      else this.#events.block(this, piece, offset, bytes);
    });
  }

  cancel(piece: PieceIndex, offset: number, lengthBytes: number): void {
    const { requests } = this.#wire;
    const isAsked = requests.some((r) => r.piece === piece && r.offset === offset && r.length === lengthBytes);
    if (isAsked) this.#wire.cancel(piece, offset, lengthBytes);
  }

  drop(): void {
    this.#wire.destroy();
  }
}

/** A peer that has said in one word that it has everything (BEP 6) has a field without bytes that is always true. */
function countPieces(pieces: Bitfield, pieceCount: number): number {
  if (pieces.buffer.length === 0) return pieces.get(0) ? pieceCount : 0;
  return Math.min(countBits(pieces.buffer), pieceCount);
}
