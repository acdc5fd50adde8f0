/** Height of a line of the tree, in CSS pixels. The style sheet says the same. */
export const ROW_HEIGHT_PX = 28;
/** Lines that are drawn beyond what is seen, so that scrolling shows no gap. */
const BEYOND = 12;

/** The lines to draw: from `first` up to `end`, which is not included. */
export type RowWindow = { readonly first: number; readonly end: number };

/** Which of `count` lines are in sight, and some beyond. Long lists stay cheap: only these are drawn. */
export function rowWindow(count: number, scrollTopPx: number, heightPx: number): RowWindow {
  const first = Math.max(Math.floor(scrollTopPx / ROW_HEIGHT_PX) - BEYOND, 0);
  const end = Math.min(Math.ceil((scrollTopPx + heightPx) / ROW_HEIGHT_PX) + BEYOND, count);
  return { first: Math.min(first, count), end: Math.max(end, 0) };
}
