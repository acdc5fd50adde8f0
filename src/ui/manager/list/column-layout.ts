import { COLUMN_IDS, COLUMNS, type ColumnId } from './columns.ts';

export type LaidColumn = { readonly id: ColumnId; readonly widthPx: number; readonly isShown: boolean };
/** All columns, in their order from the start of the line; the name is always shown, and always the first. */
export type ColumnLayout = readonly LaidColumn[];

export const LEAST_WIDTH_PX = 48;
export const MOST_WIDTH_PX = 900;
/** One press of an arrow key. */
export const WIDTH_STEP_PX = 16;

const SHOWN_AT_FIRST: readonly ColumnId[] = [
  'name',
  'size',
  'progress',
  'state',
  'down',
  'up',
  'left',
  'peers',
  'origins',
  'offload',
  'ratio',
  'added',
];

export const DEFAULT_LAYOUT: ColumnLayout = COLUMN_IDS.map((id) => ({
  id,
  widthPx: COLUMNS[id].widthPx,
  isShown: SHOWN_AT_FIRST.includes(id),
}));

export const shownColumns = (layout: ColumnLayout): readonly LaidColumn[] => layout.filter(({ isShown }) => isShown);

export function showColumn(layout: ColumnLayout, id: ColumnId, isShown: boolean): ColumnLayout {
  return id === 'name' ? layout : layout.map((column) => (column.id === id ? { ...column, isShown } : column));
}

export function resizeColumn(layout: ColumnLayout, id: ColumnId, widthPx: number): ColumnLayout {
  const width = Math.round(Math.min(Math.max(widthPx, LEAST_WIDTH_PX), MOST_WIDTH_PX));
  return layout.map((column) => (column.id === id ? { ...column, widthPx: width } : column));
}

/** Moves a column past its neighbour, towards the start (-1) or the end (1) of the line. */
export function moveColumn(layout: ColumnLayout, id: ColumnId, by: -1 | 1): ColumnLayout {
  const from = layout.findIndex((column) => column.id === id);
  const to = from + by;
  const moved = layout[from];
  if (moved === undefined || id === 'name' || to < 1 || to >= layout.length) return layout;
  const rest = layout.toSpliced(from, 1);
  return rest.toSpliced(to, 0, moved);
}

/** Reads what was remembered. Columns that it does not know, such as those of a younger version, come last. */
export function readLayout(remembered: unknown): ColumnLayout {
  if (!Array.isArray(remembered)) return DEFAULT_LAYOUT;
  const read = new Map<ColumnId, LaidColumn>();
  for (const item of remembered) {
    const { id, widthPx, isShown } = (item ?? {}) as Partial<Record<keyof LaidColumn, unknown>>;
    const known = COLUMN_IDS.find((one) => one === id);
    if (known === undefined || typeof widthPx !== 'number' || !Number.isFinite(widthPx)) continue;
    const width = Math.min(Math.max(widthPx, LEAST_WIDTH_PX), MOST_WIDTH_PX);
    read.set(known, { id: known, widthPx: width, isShown: known === 'name' || isShown === true });
  }
  const layout = [...read.values(), ...DEFAULT_LAYOUT.filter(({ id }) => !read.has(id))];
  return [...layout.filter(({ id }) => id === 'name'), ...layout.filter(({ id }) => id !== 'name')];
}
