/** Bytes of a file that somebody has, as pairs in order: where an island starts, and where it ends (not included). */
export type Islands = readonly number[];

/** Adds bytes to what somebody has; islands that touch become one. Pure. */
export function withBytes(islands: Islands, startByte: number, endByte: number): Islands {
  const before: number[] = [];
  const after: number[] = [];
  let [start, end] = [startByte, endByte];
  for (let at = 0; at < islands.length; at += 2) {
    const [from = 0, to = 0] = [islands[at], islands[at + 1]];
    if (to < start) before.push(from, to);
    else if (from > end) after.push(from, to);
    else [start, end] = [Math.min(start, from), Math.max(end, to)];
  }
  return [...before, start, end, ...after];
}

/** Whether every byte of a file of this size is there. */
export const isWhole = ([start, end = 0]: Islands, sizeBytes: number): boolean => start === 0 && end >= sizeBytes;
