import { isMedia, isPlayable, kindOfFile } from '../../model/file-kinds.ts';
import type { FileIndex } from '../../model/ids.ts';
import type { TorrentFile } from '../torrent/torrent-description.ts';

/**
 * The file that a player page is offered for: the largest film or sound, else the largest of what can be looked at;
 * null when there is neither. Pure; asked when the files become known and when the user chooses among them.
 */
export function mostPlayable(files: readonly TorrentFile[]): FileIndex | null {
  const shown = files.filter(({ path, lengthBytes }) => lengthBytes > 0 && isPlayable(kindOfFile(path)));
  const media = shown.filter(({ path }) => isMedia(kindOfFile(path)));
  const [first, ...others] = media.length > 0 ? media : shown;
  if (first === undefined) return null;
  return others.reduce((largest, file) => (file.lengthBytes > largest.lengthBytes ? file : largest), first).index;
}
