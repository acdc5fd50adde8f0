import type { FileView } from '../../model/file-view.ts';
import type { PieceIndex } from '../../model/ids.ts';
import { MISSING } from '../store/journal.ts';
import { piecesOfFile } from '../torrent/file-ranges.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';
import { priorityOf } from './file-choice.ts';
import { choiceOf } from './needs.ts';
import type { TransferRecord } from './transfer-record.ts';

/**
 * A transfer's files as screens see them, in torrent order.
 * @param marks What is verified now, or null when that is not known: then only what is saved counts as here.
 */
export function fileViews(info: TorrentInfo, record: TransferRecord, marks: Uint8Array | null): FileView[] {
  const complete = record.saved.filter(({ isComplete }) => isComplete);
  const saved = new Map(complete.map(({ file, downloadId }) => [file, downloadId]));
  const choice = choiceOf(record);
  return info.files
    .filter(({ isPadding }) => !isPadding)
    .map((file) => {
      const downloadId = saved.get(file.index);
      const isSaved = downloadId !== undefined;
      return {
        index: file.index,
        path: file.path,
        lengthBytes: file.lengthBytes,
        priority: priorityOf(choice, file.index),
        hereBytes: isSaved ? file.lengthBytes : marks === null ? 0 : bytesHere(info, file, marks),
        isSaved,
        ...(isSaved ? { downloadId } : {}),
      };
    });
}

function bytesHere(info: TorrentInfo, file: TorrentFile, marks: Uint8Array): number {
  const { firstPiece, endPiece } = piecesOfFile(info, file.index);
  const end = file.startByte + file.lengthBytes;
  let bytes = 0;
  for (let piece = firstPiece as number; piece < endPiece; piece++) {
    if (marks[piece] === MISSING) continue;
    const start = piece * info.pieceLengthBytes;
    bytes += Math.min(start + lengthOfPiece(info, piece as PieceIndex), end) - Math.max(start, file.startByte);
  }
  return bytes;
}
