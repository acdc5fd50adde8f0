/** Sizes of a cell in CSS pixels, the gap included, from the most pleasant to the smallest that can be seen. */
const CELL_SIZES_PX = [16, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2] as const;
/** A map is not higher than this, if its cells can be made smaller. */
const PLEASANT_HEIGHT_PX = 280;

/** How pieces lie on a map: line by line, in cells of one size, all of them in device pixels. */
export type PieceGrid = {
  readonly cellPx: number;
  /** Room between two cells, part of the cell. */
  readonly gapPx: number;
  readonly columns: number;
  readonly rows: number;
  readonly cells: number;
  /** More than one only where the smallest cells would make the map too high. */
  readonly piecesPerCell: number;
  readonly widthPx: number;
  readonly heightPx: number;
};

/**
 * Lays out `count` pieces in a width. Cells become smaller, and then stand for several pieces each, rather than the map
 * higher than a page.
 * @param widthPx In CSS pixels.
 * @param ratio Device pixels in one CSS pixel.
 */
export function layOutPieces(count: number, widthPx: number, ratio: number): PieceGrid {
  const fits = (size: number) => Math.ceil(count / columnsOf(widthPx, size)) * size <= PLEASANT_HEIGHT_PX;
  const size = CELL_SIZES_PX.find(fits) ?? 2;
  const cellPx = Math.max(Math.round(size * ratio), 1);
  const columns = Math.max(Math.floor((widthPx * ratio) / cellPx), 1);
  const mostCells = columns * Math.max(Math.floor((PLEASANT_HEIGHT_PX * ratio) / cellPx), 1);
  const piecesPerCell = Math.max(Math.ceil(count / mostCells), 1);
  const cells = Math.ceil(count / piecesPerCell);
  const rows = Math.ceil(cells / columns);
  const gapPx = cellPx >= 8 ? Math.max(Math.round(ratio), 1) : cellPx >= 4 ? 1 : 0;
  return {
    cellPx,
    gapPx,
    columns,
    rows,
    cells,
    piecesPerCell,
    widthPx: columns * cellPx,
    heightPx: Math.max(rows, 1) * cellPx,
  };
}

const columnsOf = (widthPx: number, size: number): number => Math.max(Math.floor(widthPx / size), 1);

/** The first piece of the cell at a point, in device pixels from the start of the map; null where there is none. */
export function pieceAt(grid: PieceGrid, xPx: number, yPx: number, count: number): number | null {
  const column = Math.floor(xPx / grid.cellPx);
  if (column < 0 || column >= grid.columns || yPx < 0) return null;
  const piece = (Math.floor(yPx / grid.cellPx) * grid.columns + column) * grid.piecesPerCell;
  return piece < count ? piece : null;
}

/** Which piece a key leads to (as in a slider of WAI-ARIA, by lines with Page Up and Down); null for other keys. */
export function pieceAfterKey(
  key: string,
  piece: number,
  count: number,
  { columns, piecesPerCell }: Pick<PieceGrid, 'columns' | 'piecesPerCell'>,
  isRightToLeft: boolean,
): number | null {
  const step = piecesPerCell;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: isRightToLeft ? -step : step,
    ArrowLeft: isRightToLeft ? step : -step,
    ArrowDown: columns * step,
    ArrowUp: -columns * step,
    PageDown: columns * step * 10,
    PageUp: -columns * step * 10,
    Home: -count,
    End: count,
  };
  const by = steps[key];
  return by === undefined ? null : Math.min(Math.max(piece + by, 0), Math.max(count - 1, 0));
}
