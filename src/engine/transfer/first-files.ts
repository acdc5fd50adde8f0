import type { PieceBoard } from './piece-board.ts';

/** Without a byte for so long, files that come first keep the others waiting no longer. */
const FIRST_WAIT_MS = 5_000;

/** Files that come first keep the others waiting, until nobody has anything left to ask for of them, or nothing comes. */
export class FirstFiles {
  readonly #board: PieceBoard;
  #heardBytes = 0;
  #heardAtMs: number;

  constructor(board: PieceBoard, nowMs: number) {
    this.#board = board;
    this.#heardAtMs = nowMs;
  }

  /** To be called before each plan. */
  look(receivedBytes: number, nowMs: number): void {
    const { hasLater, map } = this.#board;
    if (!hasLater) return;
    if (receivedBytes !== this.#heardBytes) this.#heardAtMs = nowMs;
    this.#heardBytes = receivedBytes;
    const isAllAsked = map.freePieces === 0 && !map.hasMissingBlocks;
    if (isAllAsked || nowMs - this.#heardAtMs > FIRST_WAIT_MS) this.#board.release();
  }
}
