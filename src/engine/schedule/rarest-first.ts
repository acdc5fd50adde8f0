import { PieceState } from './piece-map.ts';

/** Pieces held by this many peers or more count as equally common. */
const MANY = 255;
const RANKS = 4 * (MANY + 1);

/**
 * The free pieces in the order in which peers should bring them: those that fewest have first; among equals backwards
 * from a place of our own, so that peers of one swarm do not all fetch the same, and come towards what origins stream
 * from the front. Takes time in proportion to the number of pieces.
 * @param kept A 1 for every piece that comes after the others, because peers that have no others bring it.
 * @param reservedPieces So many pieces, from that place on, come last whoever has them: origins will stream them.
 */
export function rarestFirst(
  states: Uint8Array,
  holders: Uint16Array,
  seed: number,
  reservedPieces: number,
  kept: Uint8Array | null,
): Uint32Array {
  const starts = new Uint32Array(RANKS + 1);
  const place = seed % states.length;
  const isReserved = (piece: number) => (piece - place + states.length) % states.length < reservedPieces;
  const rank = (piece: number): number => {
    const group = (isReserved(piece) ? 2 : 0) + (kept?.[piece] === 1 ? 1 : 0);
    return Math.min(holders[piece] ?? 0, MANY) + group * (MANY + 1);
  };
  for (let piece = 0; piece < states.length; piece++) {
    if (states[piece] === PieceState.free) starts[rank(piece) + 1] = (starts[rank(piece) + 1] ?? 0) + 1;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Uint32Array(starts[RANKS] ?? 0);
  const last = states.length - 1 + place;
  for (let i = 0; i < states.length; i++) {
    const piece = (last - i) % states.length;
    if (states[piece] !== PieceState.free) continue;
    const at = starts[rank(piece)] ?? 0;
    order[at] = piece;
    starts[rank(piece)] = at + 1;
  }
  return order;
}
