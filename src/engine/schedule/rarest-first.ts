import { PieceState } from './piece-map.ts';

/** Pieces held by this many peers or more count as equally common. */
const MANY = 255;
/** An order that is older may have missed what peers have got meanwhile. */
const FRESH_MS = 1_000;

/** The order of `rarestFirst`, made anew only when it is old or used up: plans are made far more often than it changes. */
export class RarestOrder {
  readonly #states: Uint8Array;
  readonly #holders: Uint16Array;
  readonly #seed: number;
  #order: Uint32Array = new Uint32Array();
  #madeAtMs = Number.NEGATIVE_INFINITY;
  /** Everything before it in the order is taken. */
  #from = 0;

  /** @param states One `PieceState` a piece, and `holders` how many peers have it; both are read anew each time. */
  constructor(states: Uint8Array, holders: Uint16Array, seed: number) {
    this.#states = states;
    this.#holders = holders;
    this.#seed = seed;
  }

  /** Pieces that were free a moment ago, rarest first. One that was freed since may be missing, for a second at most. */
  at(nowMs: number): Uint32Array {
    this.#skipTaken();
    const isUsedUp = this.#from === this.#order.length;
    if (nowMs - this.#madeAtMs >= (isUsedUp ? FRESH_MS / 10 : FRESH_MS)) {
      this.#order = rarestFirst(this.#states, this.#holders, this.#seed);
      this.#madeAtMs = nowMs;
      this.#from = 0;
    }
    return this.#order.subarray(this.#from);
  }

  /** Whether some free piece is held by no peer, as far as the order knows. */
  get hasOrphans(): boolean {
    this.#skipTaken();
    const first = this.#order[this.#from];
    return first !== undefined && this.#holders[first] === 0;
  }

  #skipTaken(): void {
    while (this.#from < this.#order.length && this.#states[this.#order[this.#from] as number] !== PieceState.free) {
      this.#from += 1;
    }
  }
}

/**
 * The free pieces in the order in which peers should bring them: those that fewest have first; among equals backwards
 * from a place of our own, so that peers of one swarm do not all fetch the same, and come towards what origins stream
 * from the front. Takes time in proportion to the number of pieces.
 */
export function rarestFirst(states: Uint8Array, holders: Uint16Array, seed: number): Uint32Array {
  const { length } = states;
  const starts = new Uint32Array(MANY + 2);
  for (let piece = 0; piece < length; piece++) {
    if (states[piece] !== PieceState.free) continue;
    const after = Math.min(holders[piece] as number, MANY) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  const order = new Uint32Array(starts[MANY + 1] as number);
  const last = (length - 1 + (seed % length)) % length;
  for (let i = 0, piece = last; i < length; i++, piece = piece === 0 ? length - 1 : piece - 1) {
    if (states[piece] !== PieceState.free) continue;
    const rank = Math.min(holders[piece] as number, MANY);
    const at = starts[rank] as number;
    order[at] = piece;
    starts[rank] = at + 1;
  }
  return order;
}
