import type { PeerStatus, SwarmPeer } from '../../../src/engine/swarm/swarm.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import type { FluidPeerTraits } from './fluid-world.ts';
import { IDLE_PEER_STATUS } from './idle-peer-status.ts';
import { traceReader } from './rate-trace.ts';

type Asked = {
  readonly piece: PieceIndex;
  readonly offset: number;
  readonly lengthBytes: number;
  /** When the request reaches the peer. */
  readonly readyS: number;
  sentBytes: number;
  /** When the cancellation reaches the peer; a block of which bytes were sent by then comes all the same. */
  cancelledS: number;
};

type Coming = { readonly asked: Asked; readonly atS: number };

/** What a peer tells the download. `bytesCame` also counts blocks that were cancelled too late. */
export type FluidPeerEvents = {
  block(peer: FluidPeer, piece: PieceIndex, offset: number, lengthBytes: number): void;
  refused(peer: FluidPeer, piece: PieceIndex, offset: number): void;
  bytesCame(bytes: number, isTooLate: boolean): void;
  left(peer: FluidPeer): void;
  /** It was asked, or a request was taken back: for whoever follows what is decided. */
  asked?(peer: FluidPeer, piece: PieceIndex, offset: number, isTakenBack: boolean): void;
};

/** A peer without bytes: a queue of requests that is served in order, at the rate of its trace, half a round trip away. */
export class FluidPeer implements SwarmPeer {
  readonly id: PeerId;
  readonly client = 'Simulated 1.0';
  readonly isChoking = false;
  readonly maxRequests: number;
  readonly traits: FluidPeerTraits;
  isConnected = false;
  hasJoined = false;
  /** Blocks that it was asked for. */
  requests = 0;
  readonly #now: () => number;
  readonly #events: FluidPeerEvents;
  readonly #rateAt: (atS: number) => number;
  #queue: Asked[] = [];
  #coming: Coming[] = [];

  constructor(traits: FluidPeerTraits, now: () => number, events: FluidPeerEvents) {
    this.id = traits.name as PeerId;
    this.traits = traits;
    this.maxRequests = traits.maxRequests;
    this.#now = now;
    this.#events = events;
    this.#rateAt = traceReader(traits.rate);
  }

  join(): void {
    this.isConnected = true;
    this.hasJoined = true;
  }

  get isDead(): boolean {
    return this.traits.death !== null && this.#now() >= this.traits.death.atS;
  }

  /** Blocks that it owes and that nobody has taken back. */
  owed(): { readonly piece: PieceIndex; readonly offset: number }[] {
    const queued = this.#queue.filter(({ cancelledS }) => cancelledS === Number.POSITIVE_INFINITY);
    const coming = this.#coming.map(({ asked }) => asked);
    return [...queued, ...coming.filter(({ cancelledS }) => cancelledS === Number.POSITIVE_INFINITY)];
  }

  has(piece: PieceIndex): boolean {
    return this.traits.pieces === null || this.traits.pieces[piece] === 1;
  }

  status(): PeerStatus {
    return IDLE_PEER_STATUS;
  }

  request(piece: PieceIndex, offset: number, lengthBytes: number): void {
    if (!this.isConnected || !this.has(piece)) throw new Error(`${this.id} cannot be asked for piece ${piece}`);
    this.requests += 1;
    this.#events.asked?.(this, piece, offset, false);
    const readyS = this.#now() + this.traits.roundTripS / 2;
    this.#queue.push({ piece, offset, lengthBytes, readyS, sentBytes: 0, cancelledS: Number.POSITIVE_INFINITY });
  }

  /** A cancelled request is refused at once, as webtorrent's wires do; the peer hears of it half a round trip later. */
  cancel(piece: PieceIndex, offset: number, _lengthBytes: number): void {
    const isIt = (asked: Asked) =>
      asked.piece === piece && asked.offset === offset && asked.cancelledS === Number.POSITIVE_INFINITY;
    const asked = this.#queue.find(isIt) ?? this.#coming.find((coming) => isIt(coming.asked))?.asked;
    if (asked === undefined) return;
    this.#events.asked?.(this, piece, offset, true);
    asked.cancelledS = this.#now() + this.traits.roundTripS / 2;
    this.#events.refused(this, piece, offset);
  }

  /** The connection ends, whoever ends it; what it owed is refused first. */
  drop(): void {
    if (!this.isConnected) return;
    this.isConnected = false;
    const owed = this.owed();
    this.#queue = [];
    this.#coming = [];
    for (const { piece, offset } of owed) this.#events.refused(this, piece, offset);
    this.#events.left(this);
  }

  /** Bytes a second that it could send now. */
  get rateBytesPerS(): number {
    return this.isDead ? 0 : this.#rateAt(this.#now());
  }

  /** Bytes that it would send in the step that ends now. */
  wants(stepS: number): number {
    if (this.#queue.length === 0 || !this.isConnected) return 0;
    const nowS = this.#now();
    const rate = this.#rateAt(nowS - stepS);
    if (this.isDead) return 0;
    const startedS = nowS - stepS + 1e-9;
    this.#queue = this.#queue.filter((asked) => asked.cancelledS > startedS || asked.sentBytes > 0);
    let ready = 0;
    for (const { readyS, lengthBytes, sentBytes } of this.#queue) {
      if (readyS > startedS || ready >= rate * stepS) break;
      ready += lengthBytes - sentBytes;
    }
    return Math.min(ready, rate * stepS);
  }

  /** Sends so many bytes now. */
  send(bytes: number): void {
    let left = bytes;
    while (left > 0) {
      const head = this.#queue[0];
      if (head === undefined) return;
      const part = Math.min(left, head.lengthBytes - head.sentBytes);
      head.sentBytes += part;
      left -= part;
      if (head.lengthBytes - head.sentBytes > 1e-6) return;
      this.#queue.shift();
      this.#coming.push({ asked: head, atS: this.#now() + this.traits.roundTripS / 2 });
    }
  }

  /** Delivers what has crossed the network by now. */
  deliver(): void {
    const nowS = this.#now() + 1e-9;
    while (this.#coming[0] !== undefined && this.#coming[0].atS <= nowS) {
      const { asked } = this.#coming.shift() as Coming;
      const isTooLate = asked.cancelledS !== Number.POSITIVE_INFINITY;
      this.#events.bytesCame(asked.lengthBytes, isTooLate);
      if (isTooLate) continue;
      this.#events.block(this, asked.piece, asked.offset, asked.lengthBytes);
    }
  }
}

/** One buffer for all blocks: nobody reads it. */
export const blockOf = (lengthBytes: number): Uint8Array =>
  lengthBytes === SHARED.length ? SHARED : SHARED.subarray(0, lengthBytes);
const SHARED = new Uint8Array(BLOCK_LENGTH_BYTES);
