import type { FileIndex } from '../../model/ids.ts';

/** Neighbouring files: the first, and the one after the last. */
export type FileSpan = readonly [first: number, end: number];

/** Some files of a torrent: spans in order, with gaps between them. Short also where a torrent has 100,000 files. */
export type FileSpans = readonly FileSpan[];

/** Whether a file is one of them. Time is logarithmic in the number of spans. */
export function isInSpans(spans: FileSpans, file: FileIndex): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [first, end] = spans[middle] as FileSpan;
    if (file < first) high = middle;
    else if (file >= end) low = middle + 1;
    else return true;
  }
  return false;
}

/** The files of `count` that `isIn` picks, as spans. */
export function spansWhere(count: number, isIn: (file: FileIndex) => boolean): FileSpans {
  const spans: [number, number][] = [];
  for (let file = 0; file < count; file++) {
    if (!isIn(file as FileIndex)) continue;
    const last = spans.at(-1);
    if (last !== undefined && last[1] === file) last[1] = file + 1;
    else spans.push([file, file + 1]);
  }
  return spans;
}
