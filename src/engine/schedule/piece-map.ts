import type { PeerId, PieceIndex } from '../../model/ids.ts';
import type { RunId } from '../store/depot.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { PieceGrid } from './piece-grid.ts';

/** Where a piece stands, as one byte. */
export const PieceState = {
  /** Missing, and nobody fetches it. */
  free: 0,
  /** Wholly part of one run, that streams it or will. */
  inRun: 1,
  /** Being put together from blocks of several sources, or of peers. */
  open: 2,
  /** Complete: verified, or on its way to be. */
  held: 3,
} as const;

/** Where a block of an open piece stands, as one byte. `asked`: of peers, or part of a run. */
export const BlockState = { missing: 0, asked: 1, here: 2 } as const;

/** No run: runs are counted from 1. */
export const NO_RUN = 0;

/** A piece that is put together block by block. */
export type OpenPiece = {
  readonly piece: PieceIndex;
  /** One `BlockState` a block. */
  readonly blocks: Uint8Array;
  /** Peers that were asked for each block. */
  readonly peers: (readonly PeerId[])[];
  /** Run that brings each block, or `NO_RUN`. */
  readonly runs: Int32Array;
  /** Only this peer may bring it, so that a wrong hash has one name. */
  soleSource: PeerId | null;
};

/** A block that a peer owes and that is here by another way. */
export type Overtaken = { readonly peer: PeerId; readonly piece: PieceIndex; readonly block: number };

const NOBODY: readonly PeerId[] = [];

/**
 * Where every piece of a download stands, and who brings what: the one book that the download keeps and that plans are
 * made on copies of. Offsets are bytes of the torrent; runs begin and end between blocks.
 */
export class PieceMap extends PieceGrid {
  /** One `PieceState` a piece. */
  readonly states: Uint8Array;
  /** Which run has each piece whose state is `inRun`. */
  readonly #runs: Int32Array;
  readonly #open: Map<PieceIndex, OpenPiece>;
  #freePieces: number;
  /** No piece before it is free. */
  #firstFree: number;
  #missingBlocks: number;

  constructor(pieceLengthBytes: number, lengthBytes: number, states: Uint8Array, from?: PieceMap) {
    super(pieceLengthBytes, lengthBytes);
    this.states = states;
    this.#runs = from === undefined ? new Int32Array(states.length) : from.#runs.slice();
    this.#open = new Map(from === undefined ? [] : [...from.#open].map(([piece, open]) => [piece, copyOf(open)]));
    this.#freePieces = from === undefined ? countFree(states) : from.#freePieces;
    this.#firstFree = from === undefined ? 0 : from.#firstFree;
    this.#missingBlocks = from === undefined ? 0 : from.#missingBlocks;
  }

  clone(): PieceMap {
    return new PieceMap(this.pieceLengthBytes, this.lengthBytes, this.states.slice(), this);
  }

  /** Whether the whole piece is one run's to stream. */
  isOfRun(piece: PieceIndex, run: RunId): boolean {
    return this.states[piece] === PieceState.inRun && this.#runs[piece] === run;
  }

  get pieceCount(): number {
    return this.states.length;
  }

  /** The first free piece; the number of pieces when none is. */
  get firstFree(): number {
    while (this.#firstFree < this.states.length && this.states[this.#firstFree] !== PieceState.free)
      this.#firstFree += 1;
    return this.#firstFree;
  }

  get freePieces(): number {
    return this.#freePieces;
  }

  /** Bytes that nobody brings: of free pieces, and of missing blocks of open ones. The last piece counts as whole. */
  get freeBytes(): number {
    return Math.min(
      this.#freePieces * this.pieceLengthBytes + this.#missingBlocks * BLOCK_LENGTH_BYTES,
      this.lengthBytes,
    );
  }

  /** Whether open pieces have blocks that nobody brings. */
  get hasMissingBlocks(): boolean {
    return this.#missingBlocks > 0;
  }

  open(piece: PieceIndex): OpenPiece | undefined {
    return this.#open.get(piece);
  }

  opens(): IterableIterator<OpenPiece> {
    return this.#open.values();
  }

  /** Bytes that may come more than once, because several sources were asked for them. */
  get duplicateBytes(): number {
    let blocks = 0;
    for (const { peers, runs } of this.#open.values()) {
      for (let block = 0; block < runs.length; block++) {
        const copies = (peers[block]?.length ?? 0) + Number(runs[block] !== NO_RUN);
        blocks += Math.max(copies - 1, 0);
      }
    }
    return blocks * BLOCK_LENGTH_BYTES;
  }

  /** Opens a free piece for blocks. */
  begin(piece: PieceIndex, soleSource: PeerId | null): OpenPiece {
    const count = this.blockCount(piece);
    const open: OpenPiece = {
      piece,
      blocks: new Uint8Array(count),
      peers: new Array(count).fill(NOBODY),
      runs: new Int32Array(count),
      soleSource,
    };
    this.#set(piece, PieceState.open);
    this.#open.set(piece, open);
    this.#missingBlocks += count;
    return open;
  }

  /** A peer is asked for a block of an open piece. */
  ask(piece: PieceIndex, block: number, peer: PeerId): void {
    const open = this.#open.get(piece);
    if (open === undefined || open.blocks[block] === BlockState.here) return;
    this.#mark(open, block, BlockState.asked);
    open.peers[block] = [...(open.peers[block] ?? NOBODY).filter((other) => other !== peer), peer];
  }

  /** A peer will not bring a block that it was asked for. Returns whether the piece is free by that. */
  lose(piece: PieceIndex, block: number, peer: PeerId): boolean {
    const open = this.#open.get(piece);
    if (open === undefined || open.blocks[block] !== BlockState.asked) return false;
    const left = (open.peers[block] ?? NOBODY).filter((other) => other !== peer);
    if (left.length === open.peers[block]?.length) return false;
    open.peers[block] = left;
    if (left.length > 0 || open.runs[block] !== NO_RUN) return false;
    this.#mark(open, block, BlockState.missing);
    if (open.soleSource === peer) return this.free(piece);
    return this.#freeWhenEmpty(open);
  }

  /** A block is here. Returns whether it was still wanted. A piece whose last block this was is held. */
  came(piece: PieceIndex, block: number): boolean {
    const open = this.#open.get(piece);
    if (open === undefined || open.blocks[block] === BlockState.here) return false;
    this.#mark(open, block, BlockState.here);
    open.peers[block] = NOBODY;
    open.runs[block] = NO_RUN;
    if (open.blocks.every((state) => state === BlockState.here)) this.hold(piece);
    return true;
  }

  /** The piece is complete. */
  hold(piece: PieceIndex): void {
    this.#close(piece);
    this.#set(piece, PieceState.held);
  }

  /** Nobody brings the piece, and nothing of it counts. */
  free(piece: PieceIndex): true {
    this.#close(piece);
    this.#set(piece, PieceState.free);
    return true;
  }

  /** A run takes what is missing from `startByte` to `endByte`, also blocks that peers were asked for. */
  take(run: RunId, startByte: number, endByte: number): void {
    for (let piece = this.pieceAt(startByte); this.startOf(piece) < endByte; piece = (piece + 1) as PieceIndex) {
      const state = this.states[piece];
      const isWhole = startByte <= this.startOf(piece) && this.startOf(piece + 1) <= endByte;
      if (state === PieceState.free && isWhole) {
        this.#set(piece, PieceState.inRun);
        this.#runs[piece] = run;
      } else if (state === PieceState.free || state === PieceState.open) {
        const open = this.#open.get(piece) ?? this.begin(piece, null);
        for (const block of this.blocksWithin(piece, startByte, endByte)) {
          if (open.blocks[block] === BlockState.here) continue;
          this.#mark(open, block, BlockState.asked);
          open.runs[block] = run;
        }
      }
    }
  }

  /**
   * A run that has come to `positionByte` will end at `endByte` and not at `oldEndByte`: what it gives up is missing,
   * unless peers bring it, and what it streamed of a piece that it does not finish is kept. A piece that failed is
   * nobody's, or another's by now, though this run may not be known to have come past it yet.
   */
  cut(run: RunId, positionByte: number, endByte: number, oldEndByte: number): void {
    for (let piece = this.pieceAt(endByte); this.startOf(piece) < oldEndByte; piece = (piece + 1) as PieceIndex) {
      const start = this.startOf(piece);
      if (this.isOfRun(piece, run)) {
        if (endByte <= start) this.free(piece);
        else if (endByte < this.startOf(piece + 1)) this.#openStreamed(run, piece, positionByte, endByte);
      }
      const open = this.#open.get(piece);
      if (open === undefined) continue;
      // Also the block that it is in the middle of: it will not be whole.
      for (const block of this.blocksWithin(piece, endByte - (BLOCK_LENGTH_BYTES - 1), oldEndByte)) {
        if (open.runs[block] !== run) continue;
        open.runs[block] = NO_RUN;
        const isNobodys = open.peers[block]?.length === 0;
        if (open.blocks[block] === BlockState.asked && isNobodys) this.#mark(open, block, BlockState.missing);
      }
      this.#freeWhenEmpty(open);
    }
  }

  /** A run has streamed from one byte to another. Returns the blocks that are here by it and that peers still owe. */
  streamed(run: RunId, fromByte: number, toByte: number): Overtaken[] {
    const overtaken: Overtaken[] = [];
    for (let piece = this.pieceAt(fromByte); this.startOf(piece) < toByte; piece = (piece + 1) as PieceIndex) {
      const open = this.#open.get(piece);
      if (open === undefined) continue;
      for (const block of this.blocksWithin(piece, fromByte - (BLOCK_LENGTH_BYTES - 1), toByte)) {
        if (open.runs[block] !== run || open.blocks[block] === BlockState.here) continue;
        if (this.startOf(piece) + block * BLOCK_LENGTH_BYTES + this.blockLength(piece, block) > toByte) continue;
        for (const peer of open.peers[block] ?? NOBODY) overtaken.push({ peer, piece, block });
        this.came(piece, block);
      }
    }
    return overtaken;
  }

  /** A piece that was wholly in a run is shared from here on: what the run has streamed of it is here already. */
  #openStreamed(run: RunId, piece: PieceIndex, positionByte: number, endByte: number): void {
    this.#set(piece, PieceState.free);
    const open = this.begin(piece, null);
    const start = this.startOf(piece);
    for (let block = 0; block < open.blocks.length; block++) {
      const blockStart = start + block * BLOCK_LENGTH_BYTES;
      const blockEnd = blockStart + this.blockLength(piece, block);
      if (blockEnd <= positionByte) this.#mark(open, block, BlockState.here);
      else if (blockEnd <= endByte) {
        this.#mark(open, block, BlockState.asked);
        open.runs[block] = run;
      }
    }
  }

  #freeWhenEmpty(open: OpenPiece): boolean {
    return open.blocks.every((state) => state === BlockState.missing) && this.free(open.piece);
  }

  #mark(open: OpenPiece, block: number, state: number): void {
    if (open.blocks[block] === BlockState.missing) this.#missingBlocks -= 1;
    open.blocks[block] = state;
    if (state === BlockState.missing) this.#missingBlocks += 1;
  }

  #close(piece: PieceIndex): void {
    const open = this.#open.get(piece);
    if (open === undefined) return;
    for (const state of open.blocks) if (state === BlockState.missing) this.#missingBlocks -= 1;
    this.#open.delete(piece);
  }

  #set(piece: PieceIndex, state: number): void {
    if (this.states[piece] === PieceState.free) this.#freePieces -= 1;
    this.states[piece] = state;
    if (state !== PieceState.free) return;
    this.#freePieces += 1;
    this.#firstFree = Math.min(this.#firstFree, piece);
  }
}

function countFree(states: Uint8Array): number {
  let free = 0;
  for (const state of states) if (state === PieceState.free) free += 1;
  return free;
}

function copyOf(open: OpenPiece): OpenPiece {
  const { piece, blocks, peers, runs, soleSource } = open;
  return { piece, blocks: blocks.slice(), peers: peers.slice(), runs: runs.slice(), soleSource };
}
