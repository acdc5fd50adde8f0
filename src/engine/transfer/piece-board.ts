import type { PeerId, PieceIndex } from '../../model/ids.ts';
import { BlockState, type OpenPieceView, PieceState } from '../schedule/plan-view.ts';
import { countMissing, MISSING } from '../store/journal.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';
import { blockCountOfPiece, lengthOfBlock } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

type OpenEntry = {
  readonly piece: PieceIndex;
  readonly blocks: Uint8Array;
  readonly askedOf: (PeerId | undefined)[];
  soleSource: PeerId | null;
};

/** Where every piece of a download stands. */
export class PieceBoard {
  readonly states: Uint8Array;
  readonly holders: Uint16Array;
  readonly suspect = new Set<PieceIndex>();
  readonly #info: TorrentInfo;
  readonly #open = new Map<PieceIndex, OpenEntry>();
  #left: number;

  constructor(info: TorrentInfo, marks: Uint8Array) {
    this.#info = info;
    this.states = marks.map((mark) => (mark === MISSING ? PieceState.free : PieceState.held));
    this.holders = new Uint16Array(info.pieceCount);
    this.#left = countMissing(marks);
  }

  /** Pieces that are not verified yet. */
  get left(): number {
    return this.#left;
  }

  /** Bytes that are not verified yet, at most. */
  get leftBytes(): number {
    return Math.min(this.#left * this.#info.pieceLengthBytes, this.#info.lengthBytes);
  }

  /** Counts anew how many peers have each piece. */
  countHolders(peers: readonly Pick<SwarmPeer, 'has'>[]): void {
    this.holders.fill(0);
    for (const peer of peers) {
      for (let piece = 0; piece < this.holders.length; piece++) {
        if (peer.has(piece as PieceIndex)) this.holders[piece] = (this.holders[piece] ?? 0) + 1;
      }
    }
  }

  open(): OpenPieceView[] {
    return [...this.#open.values()];
  }

  blockLength(piece: PieceIndex, block: number): number {
    return lengthOfBlock(this.#info, piece, block);
  }

  asked(piece: PieceIndex, block: number, peer: PeerId): void {
    const open = this.#open.get(piece) ?? this.#begin(piece, peer);
    if (open.blocks[block] === BlockState.missing) open.blocks[block] = BlockState.asked;
    open.askedOf[block] = peer;
  }

  /** A block is here. Returns whether it was still missing. */
  blockCame(piece: PieceIndex, block: number): boolean {
    const open = this.#open.get(piece);
    if (open === undefined || open.blocks[block] === BlockState.here) return false;
    open.blocks[block] = BlockState.here;
    if (open.blocks.every((state) => state === BlockState.here)) this.complete(piece);
    return true;
  }

  /**
   * A block that `peer` owed will not come from it. The piece is free again when nothing of it is here or asked, or when
   * it was that peer's alone. Returns whether it is free.
   */
  blockLost(piece: PieceIndex, block: number, peer: PeerId): boolean {
    const open = this.#open.get(piece);
    if (open === undefined || open.askedOf[block] !== peer || open.blocks[block] !== BlockState.asked) return false;
    open.blocks[block] = BlockState.missing;
    open.askedOf[block] = undefined;
    const isFree = open.soleSource === peer || open.blocks.every((state) => state === BlockState.missing);
    if (isFree) this.free(piece);
    return isFree;
  }

  /** Frees the pieces that only `peer` was to bring, and names them. */
  freeSoleOf(peer: PeerId): PieceIndex[] {
    const sole = [...this.#open.values()].filter((open) => open.soleSource === peer).map(({ piece }) => piece);
    for (const piece of sole) this.free(piece);
    return sole;
  }

  /** Gives a piece back to whoever wants it, also one that had come whole and did not match its hash. */
  free(piece: PieceIndex): void {
    this.#open.delete(piece);
    this.states[piece] = PieceState.free;
  }

  runTook(startPiece: PieceIndex, endPiece: PieceIndex): void {
    for (let piece = startPiece as number; piece < endPiece; piece++) {
      if (this.states[piece] === PieceState.free) this.states[piece] = PieceState.inRun;
    }
  }

  runGaveUp(startPiece: PieceIndex, endPiece: PieceIndex): void {
    for (let piece = startPiece as number; piece < endPiece; piece++) {
      if (this.states[piece] === PieceState.inRun) this.states[piece] = PieceState.free;
    }
  }

  /** A piece has come whole and is on its way to be verified. */
  complete(piece: PieceIndex): void {
    this.#open.delete(piece);
    this.states[piece] = PieceState.held;
  }

  verified(piece: PieceIndex): void {
    this.complete(piece);
    this.suspect.delete(piece);
    this.#left -= 1;
  }

  #begin(piece: PieceIndex, peer: PeerId): OpenEntry {
    const blocks = blockCountOfPiece(this.#info, piece);
    const open: OpenEntry = {
      piece,
      blocks: new Uint8Array(blocks),
      askedOf: new Array(blocks).fill(undefined),
      soleSource: this.suspect.has(piece) ? peer : null,
    };
    this.#open.set(piece, open);
    this.states[piece] = PieceState.open;
    return open;
  }
}
