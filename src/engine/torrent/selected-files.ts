/** libtorrent's bound: a range must not name more files than memory can hold. */
const MAX_FILE_INDEX = 10_000;

/**
 * Reads the `so=` of a magnet (BEP 53), such as `0,2,4-6`: the indices of the files to download, ascending. The rules
 * are libtorrent's: any other character than digits, `-` and `,` spoils the whole; a range that is open, reversed or
 * beyond 10,000 is skipped. Null when nothing is left, which means all files.
 */
export function readSelectedFiles(text: string): readonly number[] | null {
  if (!/^[\d,-]*$/.test(text)) return null;
  const selected = new Set<number>();
  for (const token of text.split(',')) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(token);
    if (range === null) continue;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    if (last > MAX_FILE_INDEX) continue;
    for (let index = first; index <= last; index++) selected.add(index);
  }
  return selected.size === 0 ? null : [...selected].sort((a, b) => a - b);
}
