import type { PeerStatus, SwarmEvents, SwarmPeer } from '../../../src/engine/swarm/swarm.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { IDLE_PEER_STATUS } from './idle-peer-status.ts';
import type { SmallTorrent } from './small-torrent.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What a peer tells whoever it is connected to. */
export type PeerEvents = Pick<SwarmEvents, 'peerJoined' | 'peerChanged' | 'peerLeft' | 'block' | 'refused'>;

export type PeerTraits = {
  /** All pieces when left out. */
  readonly pieces?: Iterable<number>;
  readonly rateBytesPerS?: number;
  readonly roundTripMs?: number;
  readonly isChoking?: boolean;
  readonly maxRequests?: number;
  /** Pieces for which its bytes are wrong. */
  readonly liesAbout?: (piece: number) => boolean;
  /** It says nothing more after so many blocks, but stays connected. */
  readonly silentAfterBlocks?: number;
};

type Asked = { readonly piece: PieceIndex; readonly offset: number; readonly lengthBytes: number; isReady: boolean };

/**
 * A peer at the other end of a link with a rate and a round trip. It answers requests in their order, one after the
 * other; a cancelled or choked request is refused at once, as webtorrent's wires do.
 */
export class SimulatedPeer implements SwarmPeer {
  readonly id: PeerId;
  readonly client = 'Simulated 1.0';
  readonly maxRequests: number;
  isChoking: boolean;
  sentBytes = 0;
  isConnected = false;
  readonly #torrent: SmallTorrent;
  readonly #clock: VirtualClock;
  readonly #traits: PeerTraits;
  readonly #pieces: Set<number>;
  #events: PeerEvents | null = null;
  #asked: Asked[] = [];
  #isSending = false;
  #blocksLeft: number;

  constructor(name: string, torrent: SmallTorrent, clock: VirtualClock, traits: PeerTraits = {}) {
    this.id = name as PeerId;
    this.#torrent = torrent;
    this.#clock = clock;
    this.#traits = traits;
    this.#pieces = new Set(traits.pieces ?? Array.from({ length: torrent.info.pieceCount }, (_, piece) => piece));
    this.isChoking = traits.isChoking ?? false;
    this.maxRequests = traits.maxRequests ?? 250;
    this.#blocksLeft = traits.silentAfterBlocks ?? Number.POSITIVE_INFINITY;
  }

  connect(events: PeerEvents): void {
    this.#events = events;
    this.isConnected = true;
    events.peerJoined(this);
  }

  has(piece: PieceIndex): boolean {
    return this.#pieces.has(piece);
  }

  /** It has got another piece, and says so. */
  gets(piece: number): void {
    this.#pieces.add(piece);
    this.#events?.peerChanged(this, piece as PieceIndex);
  }

  choke(isChoking: boolean): void {
    this.isChoking = isChoking;
    if (isChoking) this.#refuseAll();
    this.#events?.peerChanged(this, null);
  }

  status(): PeerStatus {
    const { rateBytesPerS = 1_000_000 } = this.#traits;
    const rate = this.#asked.length > 0 ? rateBytesPerS : 0;
    return {
      ...IDLE_PEER_STATUS,
      isInteresting: this.#pieces.size > 0,
      downBytesPerS: rate,
      downBytes: this.sentBytes,
      pieces: this.#pieces.size,
    };
  }

  request(piece: PieceIndex, offset: number, lengthBytes: number): void {
    const asked: Asked = { piece, offset, lengthBytes, isReady: false };
    if (!this.isConnected || this.isChoking || !this.has(piece)) {
      this.#clock.after(0, () => this.#events?.refused(this, piece, offset));
      return;
    }
    this.#asked.push(asked);
    this.#clock.after(this.#traits.roundTripMs ?? 50, () => {
      asked.isReady = true;
      this.#sendNext();
    });
  }

  cancel(piece: PieceIndex, offset: number, lengthBytes: number): void {
    const at = this.#asked.findIndex((a) => a.piece === piece && a.offset === offset && a.lengthBytes === lengthBytes);
    if (at === -1) return;
    this.#asked.splice(at, 1);
    this.#events?.refused(this, piece, offset);
  }

  /** The connection ends, whoever ends it. */
  drop(): void {
    if (!this.isConnected) return;
    this.isConnected = false;
    this.#refuseAll();
    this.#events?.peerLeft(this);
    this.#events = null;
  }

  #refuseAll(): void {
    for (const { piece, offset } of this.#asked.splice(0)) this.#events?.refused(this, piece, offset);
  }

  #sendNext(): void {
    const asked = this.#asked[0];
    if (this.#isSending || asked === undefined || !asked.isReady || this.#blocksLeft <= 0) return;
    this.#isSending = true;
    const { piece, offset, lengthBytes } = asked;
    this.#clock.after((lengthBytes / (this.#traits.rateBytesPerS ?? 1_000_000)) * 1_000, () => {
      this.#isSending = false;
      this.sentBytes += lengthBytes;
      if (this.#asked[0] === asked) {
        this.#asked.shift();
        this.#blocksLeft -= 1;
        const bytes = this.#torrent.pieceBytes(piece).slice(offset, offset + lengthBytes);
        if (this.#traits.liesAbout?.(piece)) bytes[0] = (bytes[0] ?? 0) ^ 0xff;
        this.#events?.block(this, piece, offset, bytes);
      }
      this.#sendNext();
    });
  }
}
