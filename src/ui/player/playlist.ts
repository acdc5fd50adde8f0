import { isMedia, isPlayable, kindOfFile } from '../../model/file-kinds.ts';
import type { FileIndex } from '../../model/ids.ts';
import type { PlaylistEntry } from '../../model/player.ts';

/** What of a torrent can be shown: films and sound first, in the order in which people read names: 2 before 10. */
export function playlistOf(files: readonly PlaylistEntry[]): PlaylistEntry[] {
  const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const folderOf = ({ path }: PlaylistEntry) => path.slice(0, -1).join('/');
  return files
    .filter(({ path, lengthBytes }) => lengthBytes > 0 && isPlayable(kindOfFile(path)))
    .sort(
      (a, b) =>
        Number(isMedia(kindOfFile(b.path))) - Number(isMedia(kindOfFile(a.path))) ||
        order.compare(folderOf(a), folderOf(b)) ||
        order.compare(a.path.at(-1) ?? '', b.path.at(-1) ?? '') ||
        a.file - b.file,
    );
}

/**
 * The file before or after one. Films and sound are one row, and what is only looked at is another: after the last part
 * of a series does not come its cover.
 */
export function neighbourOf(list: readonly PlaylistEntry[], file: FileIndex, step: -1 | 1): PlaylistEntry | null {
  const at = list.findIndex((entry) => entry.file === file);
  const own = list[at];
  if (own === undefined) return null;
  const isRow = isMedia(kindOfFile(own.path));
  for (let next = at + step; next >= 0 && next < list.length; next += step) {
    const entry = list[next];
    if (entry !== undefined && isMedia(kindOfFile(entry.path)) === isRow) return entry;
  }
  return null;
}
