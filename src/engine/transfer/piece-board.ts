import type { PeerId, PieceIndex } from '../../model/ids.ts';
import { PieceMap, PieceState } from '../schedule/piece-map.ts';
import { RarestOrder } from '../schedule/rarest-first.ts';
import { countMissing, MISSING } from '../store/journal.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { wantedPieces } from '../torrent/wanted-pieces.ts';
import { Wanted } from './file-choice.ts';

/** A claim that is older counts for nothing: who made it has the piece by now, or will not have it. */
const CLAIM_MS = 30_000;

type Holder = Pick<SwarmPeer, 'id' | 'has'>;

/** Where every piece of a download stands, who has it, who fetches it, and which are in doubt. */
export class PieceBoard {
  readonly map: PieceMap;
  readonly holders: Uint16Array;
  readonly suspect = new Set<PieceIndex>();
  readonly rarest: RarestOrder;
  /** What each connected peer has: one byte a piece, as counted in `holders`. */
  readonly #holdings = new Map<PeerId, Uint8Array>();
  readonly #claims = new Map<PieceIndex, number>();
  readonly info: TorrentInfo;
  #left: number;
  #later: number[];

  /** @param wanted When each piece is wanted (file-choice.ts). To sources a piece that is not wanted now is here. */
  constructor(info: TorrentInfo, marks: Uint8Array, seed: number, wanted = wantedPieces(info, [])) {
    this.info = info;
    const isFree = (mark: number, piece: number) => mark === MISSING && wanted[piece] === Wanted.now;
    const states = marks.map((mark, piece) => (isFree(mark, piece) ? PieceState.free : PieceState.held));
    this.map = new PieceMap(info.pieceLengthBytes, info.lengthBytes, states);
    this.holders = new Uint16Array(info.pieceCount);
    this.rarest = new RarestOrder(this.map.states, this.holders, seed);
    this.#left = countMissing(marks, wanted);
    this.#later = [...wanted.keys()].filter((piece) => wanted[piece] === Wanted.later && marks[piece] === MISSING);
  }

  /** Whether pieces are kept back until others are here. */
  get hasLater(): boolean {
    return this.#later.length > 0;
  }

  /** From now on all that is wanted is wanted now. */
  release(): void {
    for (const piece of this.#later.splice(0)) this.map.free(piece as PieceIndex);
  }

  /** Wanted pieces that are not verified yet. */
  get left(): number {
    return this.#left;
  }

  /** Bytes that are not verified yet, at most. */
  get leftBytes(): number {
    return Math.min(this.#left * this.info.pieceLengthBytes, this.info.lengthBytes);
  }

  /** Pieces that no run brings whole and that are not here. */
  unfetched(): PieceIndex[] {
    const isUnfetched = (state: number) => state === PieceState.free || state === PieceState.open;
    return [...this.map.states.keys()].filter((piece) => isUnfetched(this.map.states[piece] ?? 0)) as PieceIndex[];
  }

  /** A peer is there, or what it has changed altogether. */
  holds(peer: Holder): void {
    this.gone(peer.id);
    const holding = new Uint8Array(this.holders.length);
    for (let piece = 0; piece < holding.length; piece++) {
      if (!peer.has(piece as PieceIndex)) continue;
      holding[piece] = 1;
      this.holders[piece] = (this.holders[piece] ?? 0) + 1;
    }
    this.#holdings.set(peer.id, holding);
  }

  /** A peer has one piece more. */
  holdsAlso(peer: PeerId, piece: PieceIndex): void {
    const holding = this.#holdings.get(peer);
    if (holding === undefined || holding[piece] !== 0) return;
    holding[piece] = 1;
    this.holders[piece] = (this.holders[piece] ?? 0) + 1;
    this.#claims.delete(piece);
  }

  gone(peer: PeerId): void {
    const holding = this.#holdings.get(peer);
    if (holding === undefined) return;
    this.#holdings.delete(peer);
    for (let piece = 0; piece < holding.length; piece++) {
      if (holding[piece] === 1) this.holders[piece] = (this.holders[piece] ?? 1) - 1;
    }
  }

  /** A neighbour fetches a piece from an origin. */
  claimed(piece: PieceIndex, nowMs: number): void {
    this.#claims.set(piece, nowMs);
  }

  /** Pieces that neighbours fetch from an origin now. */
  claims(nowMs: number): ReadonlySet<PieceIndex> {
    for (const [piece, atMs] of this.#claims) if (nowMs - atMs > CLAIM_MS) this.#claims.delete(piece);
    return new Set(this.#claims.keys());
  }

  /** Frees the pieces that only `peer` was to bring, and names them. */
  freeSoleOf(peer: PeerId): PieceIndex[] {
    const sole = [...this.map.opens()].filter((open) => open.soleSource === peer).map(({ piece }) => piece);
    for (const piece of sole) this.map.free(piece);
    return sole;
  }

  verified(piece: PieceIndex): void {
    this.map.hold(piece);
    this.suspect.delete(piece);
    this.#left -= 1;
  }
}
