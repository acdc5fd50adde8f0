import { PieceState } from './piece-map.ts';

/** Pieces held by this many peers or more count as equally common. */
const MANY = 255;

/**
 * The free pieces in the order in which peers should bring them: those that fewest have first; among equals backwards
 * from a place of our own, so that peers of one swarm do not all fetch the same, and come towards what origins stream
 * from the front. Takes time in proportion to the number of pieces.
 */
export function rarestFirst(states: Uint8Array, holders: Uint16Array, seed: number): Uint32Array {
  const starts = new Uint32Array(MANY + 2);
  const rank = (piece: number): number => Math.min(holders[piece] ?? 0, MANY);
  for (let piece = 0; piece < states.length; piece++) {
    if (states[piece] === PieceState.free) starts[rank(piece) + 1] = (starts[rank(piece) + 1] ?? 0) + 1;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Uint32Array(starts[MANY + 1] ?? 0);
  const last = states.length - 1 + (seed % states.length);
  for (let i = 0; i < states.length; i++) {
    const piece = (last - i) % states.length;
    if (states[piece] !== PieceState.free) continue;
    const at = starts[rank(piece)] ?? 0;
    order[at] = piece;
    starts[rank(piece)] = at + 1;
  }
  return order;
}
