import type { PutVerdict } from '../engine/store/put-pieces.ts';
import { fileRangesOfPiece, piecesOfFile } from '../engine/torrent/file-ranges.ts';
import type { TorrentInfo } from '../engine/torrent/torrent-description.ts';
import type { FileIndex, PieceIndex } from '../model/ids.ts';

export type FilesJudged = {
  /** Every byte of them is proven to be the torrent's. */
  readonly own: readonly FileIndex[];
  /** They have other bytes than the torrent says. Of two that meet in a wrong piece, the one that is wrong elsewhere too. */
  readonly changed: readonly FileIndex[];
};

/**
 * What the verdicts on all pieces say of the files that were offered. Pure.
 * @param verdicts One a piece, in order.
 * @param offered Files of the torrent for which one was offered.
 */
export function judgeFiles(
  info: TorrentInfo,
  verdicts: readonly PutVerdict[],
  offered: ReadonlySet<FileIndex>,
): FilesJudged {
  const changed = new Set<FileIndex>();
  const shared: FileIndex[][] = [];
  for (const [piece, verdict] of verdicts.entries()) {
    if (verdict !== 'differs') continue;
    const files = [...new Set(fileRangesOfPiece(info, piece as PieceIndex).map(({ file }) => file))];
    if (files.length === 1) changed.add(files[0] as FileIndex);
    else shared.push(files);
  }
  const suspects = shared.filter((files) => files.every((file) => !changed.has(file))).flat();
  for (const file of suspects) changed.add(file);

  const isProven = (file: FileIndex) => {
    const { firstPiece, endPiece } = piecesOfFile(info, file);
    return verdicts.slice(firstPiece, endPiece).every((verdict) => verdict === 'put' || verdict === 'was-here');
  };
  const inOrder = [...offered].sort((a, b) => a - b);
  return { own: inOrder.filter(isProven), changed: [...changed].sort((a, b) => a - b) };
}
