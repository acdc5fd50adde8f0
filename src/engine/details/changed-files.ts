import type { FileIndex } from '../../model/ids.ts';
import { fileRangesOfPiece, piecesOfFile } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { OriginDesk } from '../transfer/origin-desk.ts';

/** How many files an origin does not have, or not as the torrent means them. */
export function countChangedFiles({ spoilt, lacks }: Pick<OriginDesk, 'spoilt' | 'lacks'>, info: TorrentInfo): number {
  if (!info.isMultiFile) return 0; // what is wrong with the only file is said as the origin's fault
  const changed = new Set<FileIndex>(spoilt);
  let known = { firstPiece: 0, endPiece: 0 };
  for (const piece of lacks) {
    if (piece >= known.firstPiece && piece < known.endPiece) continue; // of the file that was counted last
    const [only, ...others] = fileRangesOfPiece(info, piece);
    if (only === undefined || others.length > 0) continue; // a neighbour's doing, perhaps
    changed.add(only.file);
    known = piecesOfFile(info, only.file);
  }
  return changed.size;
}
