import type { PeerId, PieceIndex } from '../../model/ids.ts';
import type { RunId } from '../store/depot.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { BlockState, type Decision, type OpenPieceView, PieceState, type PlanView, type RunView } from './plan-view.ts';

export type DraftPiece = {
  readonly piece: PieceIndex;
  readonly blocks: Uint8Array;
  readonly askedOf: (PeerId | undefined)[];
  readonly soleSource: PeerId | null;
  readonly isSuspect: boolean;
};

/** A plan in the making: the view with the decisions so far already applied to copies of it. */
export class Draft {
  readonly view: PlanView;
  readonly decisions: Decision[] = [];
  readonly pieces: Uint8Array;
  readonly open: Map<PieceIndex, DraftPiece>;
  readonly runEnds: Map<RunId, PieceIndex>;
  wasteAllowanceBytes: number;

  constructor(view: PlanView) {
    this.view = view;
    this.pieces = view.pieces.slice();
    this.open = new Map(view.open.map((open) => [open.piece, draftPiece(open, view)]));
    this.runEnds = new Map(view.runs.map((run) => [run.run, run.endPiece]));
    this.wasteAllowanceBytes = view.wasteAllowanceBytes;
  }

  lengthOfPiece(piece: PieceIndex): number {
    const { pieceLengthBytes, lengthBytes } = this.view;
    return Math.min(pieceLengthBytes, lengthBytes - piece * pieceLengthBytes);
  }

  /** Takes a free or in-run piece for peers, to be asked for block by block. */
  begin(piece: PieceIndex, peer: PeerId): DraftPiece {
    const isSuspect = this.view.suspect.has(piece);
    const blocks = Math.ceil(this.lengthOfPiece(piece) / BLOCK_LENGTH_BYTES);
    const begun: DraftPiece = {
      piece,
      blocks: new Uint8Array(blocks),
      askedOf: new Array(blocks).fill(undefined),
      soleSource: isSuspect ? peer : null,
      isSuspect,
    };
    this.pieces[piece] = PieceState.open;
    this.open.set(piece, begun);
    return begun;
  }

  ask(peer: PeerId, open: DraftPiece, block: number, because: Extract<Decision, { type: 'ask' }>['because']): void {
    open.blocks[block] = BlockState.asked;
    open.askedOf[block] = peer;
    this.decisions.push({ type: 'ask', peer, piece: open.piece, block, because });
  }

  endOfRun(run: RunView): PieceIndex {
    return this.runEnds.get(run.run) ?? run.endPiece;
  }

  /** Ends a run earlier and frees what it gives up. */
  shorten(run: RunView, endPiece: PieceIndex): void {
    for (let piece = endPiece as number; piece < this.endOfRun(run); piece++) {
      if (this.pieces[piece] === PieceState.inRun) this.pieces[piece] = PieceState.free;
    }
    this.runEnds.set(run.run, endPiece);
    // An earlier end of the same run stays in the list: what comes between took what that end had freed.
    this.decisions.push({ type: 'shorten-run', run: run.run, endPiece });
  }

  startRun(decision: Extract<Decision, { type: 'start-run' }>): void {
    for (let piece = decision.startPiece as number; piece < decision.endPiece; piece++) {
      if (this.pieces[piece] === PieceState.free) this.pieces[piece] = PieceState.inRun;
    }
    this.decisions.push(decision);
  }
}

function draftPiece(open: OpenPieceView, view: PlanView): DraftPiece {
  return {
    piece: open.piece,
    blocks: open.blocks.slice(),
    askedOf: [...open.askedOf],
    soleSource: open.soleSource,
    isSuspect: view.suspect.has(open.piece),
  };
}
