import { PIECE_LOOKS, type PieceLook, type PieceRuns } from '../../model/player.ts';

/** A stretch of the bar of one look; places are shares of the file, 0 to 1. */
export type BarPart = { readonly look: PieceLook; readonly start: number; readonly end: number };

export type PieceLayout = {
  readonly pieceLengthBytes: number;
  /** Bytes of the first piece that lie before the file. */
  readonly leadBytes: number;
  readonly lengthBytes: number;
};

/** As many columns as a bar can show; a film has more pieces than a screen has points. */
const COLUMNS = 600;
/** What a column shows that has several looks: the most telling for somebody who waits. */
const RANK: Readonly<Record<PieceLook, number>> = {
  missing: 0,
  here: 1,
  peer: 2,
  origin: 2,
  mixed: 2,
  bad: 3,
  asked: 4,
};

/**
 * What of a file has arrived, as stretches to draw, left out where nothing is. Pieces reach beyond the file on both ends.
 * A file of many pieces is drawn column by column: each has the look that most of it has, and `asked` shows in any case.
 * Bytes stand for time: the two run together closely enough to be looked at.
 */
export function barOfPieces(runs: PieceRuns, layout: PieceLayout): BarPart[] {
  const parts = partsOf(runs, layout);
  return joined(parts.length > COLUMNS ? inColumns(parts) : parts).filter(({ look }) => look !== 'missing');
}

const NOT_HERE: ReadonlySet<PieceLook> = new Set(['missing', 'asked', 'bad']);

/** Bytes of the file that are here, by its pieces. */
export function bytesHere(runs: PieceRuns, layout: PieceLayout): number {
  const shares = partsOf(runs, layout).map(({ look, start, end }) => (NOT_HERE.has(look) ? 0 : end - start));
  return Math.round(shares.reduce((sum, share) => sum + share, 0) * layout.lengthBytes);
}

function partsOf(runs: PieceRuns, { pieceLengthBytes, leadBytes, lengthBytes }: PieceLayout): BarPart[] {
  if (lengthBytes <= 0 || pieceLengthBytes <= 0) return [];
  const placeOf = (piece: number) => Math.min(Math.max((piece * pieceLengthBytes - leadBytes) / lengthBytes, 0), 1);
  const parts: BarPart[] = [];
  let piece = 0;
  for (const [look, count] of runs) {
    const [start, end] = [placeOf(piece), placeOf(piece + count)];
    piece += count;
    if (end > start) parts.push({ look: PIECE_LOOKS[look] ?? 'missing', start, end });
  }
  return parts;
}

function inColumns(parts: readonly BarPart[]): BarPart[] {
  const columns: BarPart[] = [];
  let first = 0;
  for (let column = 0; column < COLUMNS; column += 1) {
    const [start, end] = [column / COLUMNS, (column + 1) / COLUMNS];
    const shares = new Map<PieceLook, number>();
    while (first < parts.length && (parts[first] as BarPart).end <= start) first += 1;
    for (let at = first; at < parts.length && (parts[at] as BarPart).start < end; at += 1) {
      const part = parts[at] as BarPart;
      const share = Math.min(part.end, end) - Math.max(part.start, start);
      shares.set(part.look, (shares.get(part.look) ?? 0) + share);
    }
    columns.push({ look: lookOf(shares), start, end });
  }
  return columns;
}

function lookOf(shares: ReadonlyMap<PieceLook, number>): PieceLook {
  if (shares.has('asked')) return 'asked';
  const [most] = [...shares].sort((a, b) => b[1] - a[1] || RANK[b[0]] - RANK[a[0]]);
  return most?.[0] ?? 'missing';
}

function joined(parts: readonly BarPart[]): BarPart[] {
  const all: BarPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last !== undefined && last.look === part.look) all[all.length - 1] = { ...last, end: part.end };
    else all.push(part);
  }
  return all;
}
