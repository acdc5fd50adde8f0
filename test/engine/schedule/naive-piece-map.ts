import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';

type Block = { readonly startByte: number; readonly endByte: number; isHere: boolean; peers: string[]; run: number };
export type NaiveRun = { readonly run: number; positionByte: number; endByte: number };

/**
 * What a `PieceMap` should say, kept the slow way: every block of the torrent by itself, nothing counted, nothing by
 * the piece. Runs are kept with it, for the map is told where they are.
 */
export class NaivePieceMap {
  readonly pieces: Block[][] = [];
  readonly runs: NaiveRun[] = [];

  constructor(pieceLengthBytes: number, lengthBytes: number) {
    for (let start = 0; start < lengthBytes; start += pieceLengthBytes) {
      const end = Math.min(start + pieceLengthBytes, lengthBytes);
      const blocks: Block[] = [];
      for (let startByte = start; startByte < end; startByte += BLOCK_LENGTH_BYTES) {
        const endByte = Math.min(startByte + BLOCK_LENGTH_BYTES, end);
        blocks.push({ startByte, endByte, isHere: false, peers: [], run: 0 });
      }
      this.pieces.push(blocks);
    }
  }

  get blocks(): Block[] {
    return this.pieces.flat();
  }

  block(piece: number, block: number): Block {
    const found = this.pieces[piece]?.[block];
    if (found === undefined) throw new RangeError(`no block ${piece}.${block}`);
    return found;
  }

  isWhole(piece: number): boolean {
    return this.pieces[piece]?.every(({ isHere }) => isHere) ?? false;
  }

  /** Nothing of it is here, and nobody was asked for any of it. */
  isFree(piece: number): boolean {
    return this.pieces[piece]?.every(isMissing) ?? false;
  }

  lose(piece: number, block: number, peer: string): void {
    const it = this.block(piece, block);
    it.peers = it.peers.filter((other) => other !== peer);
  }

  came(piece: number, block: number): boolean {
    const it = this.block(piece, block);
    if (it.isHere) return false;
    Object.assign(it, { isHere: true, peers: [], run: 0 });
    return true;
  }

  take(run: number, startByte: number, endByte: number): void {
    this.runs.push({ run, positionByte: startByte, endByte });
    for (const block of this.blocks) {
      if (block.startByte >= startByte && block.endByte <= endByte && !block.isHere) block.run = run;
    }
  }

  /** Returns whoever owes a block that is here by that, as `peer piece.block`. */
  streamed({ run }: NaiveRun, toByte: number): string[] {
    const overtaken: string[] = [];
    for (const [piece, blocks] of this.pieces.entries()) {
      for (const [index, block] of blocks.entries()) {
        if (block.run !== run || block.endByte > toByte) continue;
        for (const peer of block.peers) overtaken.push(`${peer} ${piece}.${index}`);
        this.came(piece, index);
      }
    }
    return overtaken;
  }

  cut(run: NaiveRun, endByte: number): void {
    for (const block of this.blocks) if (block.run === run.run && block.endByte > endByte) block.run = 0;
    run.endByte = endByte;
    if (run.positionByte >= endByte) this.runs.splice(this.runs.indexOf(run), 1);
  }

  /** Sets all blocks of a piece to here, or to missing. */
  set(piece: number, isHere: boolean): void {
    for (const block of this.pieces[piece] ?? []) Object.assign(block, { isHere, peers: [], run: 0 });
  }
}

export const isMissing = ({ isHere, peers, run }: Block): boolean => !isHere && peers.length === 0 && run === 0;
