import { PIECE_LOOKS, type PieceLook, type PieceRuns } from '../../model/player.ts';

/** Index of a look in `PIECE_LOOKS`, which is what a byte of a map says. */
export const LOOK = Object.fromEntries(PIECE_LOOKS.map((look, at) => [look, at])) as Readonly<
  Record<PieceLook, number>
>;

/** The look of a byte of a map; a byte that means nothing is a missing piece. */
export const lookOf = (byte: number | undefined): PieceLook => PIECE_LOOKS[byte ?? LOOK.missing] ?? 'missing';

/** One byte for each of `count` pieces, from runs. What the runs do not reach is missing; what is beyond is left out. */
export function expandRuns(runs: PieceRuns, count: number): Uint8Array {
  const looks = new Uint8Array(count).fill(LOOK.missing);
  let at = 0;
  for (const [look, length] of runs) {
    looks.fill(look, at, at + length);
    at += length;
  }
  return looks;
}

/** How many pieces have each look, in the order of `PIECE_LOOKS`. */
export function countLooks(looks: Uint8Array): number[] {
  const counts = PIECE_LOOKS.map(() => 0);
  for (const look of looks) counts[look] = (counts[look] ?? 0) + 1;
  return counts;
}

/** The pieces that look otherwise than before; all of them when their number has changed. */
export function changedPieces(before: Uint8Array, after: Uint8Array): number[] {
  if (before.length !== after.length) return Array.from(after.keys());
  const changed: number[] = [];
  for (let piece = 0; piece < after.length; piece++) if (before[piece] !== after[piece]) changed.push(piece);
  return changed;
}

/** What several pieces in one cell look like: the worst that is among them, and "mixed" when it is who brought them. */
export function lookOfMany(looks: Uint8Array, start: number, end: number): number {
  let found: number = LOOK.here;
  for (let piece = start; piece < Math.min(end, looks.length); piece++) {
    const look = looks[piece] ?? LOOK.missing;
    if (look === found) continue;
    const [a, b] = [RANK[lookOf(found)], RANK[lookOf(look)]];
    if (a === RANK.peer && b === RANK.peer) found = LOOK.mixed;
    else if (b > a) found = look;
  }
  return found;
}

const RANK: Readonly<Record<PieceLook, number>> = {
  here: 0,
  peer: 1,
  origin: 1,
  mixed: 2,
  missing: 3,
  asked: 4,
  bad: 5,
};
