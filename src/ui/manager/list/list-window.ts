/** The rows to draw: from `first` up to `end`, which is not included. */
export type ListWindow = { readonly first: number; readonly end: number };

/** The window moves in such steps, so that most of what is scrolled draws nothing. */
const STEP = 8;

/** Which of `count` rows of one height are in sight, and at least a step beyond, so that scrolling shows no gap. */
export function listWindow(count: number, rowHeightPx: number, scrollTopPx: number, heightPx: number): ListWindow {
  const firstSeen = Math.floor(Math.max(scrollTopPx, 0) / rowHeightPx);
  const endSeen = Math.ceil((Math.max(scrollTopPx, 0) + heightPx) / rowHeightPx);
  const first = Math.max((Math.floor(firstSeen / STEP) - 1) * STEP, 0);
  const end = Math.min((Math.ceil(endSeen / STEP) + 1) * STEP, count);
  return { first: Math.min(first, count), end: Math.max(end, 0) };
}
