import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import { lengthOfPiece } from './piece-length.ts';
import type { TorrentFile, TorrentInfo } from './torrent-description.ts';

/** A part of a file, in bytes from the start of that file; `endByte` is not included. */
export type FileRange = { readonly file: FileIndex; readonly startByte: number; readonly endByte: number };

/** Neighbouring pieces; `endPiece` is not included, and equals `firstPiece` when there are none. */
export type PieceRange = { readonly firstPiece: PieceIndex; readonly endPiece: PieceIndex };

type Layout = Pick<TorrentInfo, 'files' | 'lengthBytes' | 'pieceLengthBytes' | 'pieceCount'>;

/**
 * Lists the parts of files that one piece covers, in torrent order, so that an origin can be asked for them or a store
 * can write them. Padding files are left out: their bytes are zeros that no server stores.
 * @throws {RangeError} when the torrent has no such piece.
 * @see BEP 3 (files lie end to end, pieces ignore file borders), BEP 47 (padding files).
 */
export function fileRangesOfPiece(info: Layout, piece: PieceIndex): FileRange[] {
  const startByte = piece * info.pieceLengthBytes;
  return fileRangesOfSpan(info, startByte, startByte + lengthOfPiece(info, piece));
}

/**
 * The same for any span of the torrent, in bytes from its start; `endByte` is not included. Empty files and padding
 * files have no part in it. Time is logarithmic in the number of files, plus the parts that are found.
 * @throws {RangeError} when the span is not within the torrent.
 */
export function fileRangesOfSpan(info: Layout, startByte: number, endByte: number): FileRange[] {
  if (!(startByte >= 0 && startByte <= endByte && endByte <= info.lengthBytes)) {
    throw new RangeError(`the torrent has no bytes ${startByte} to ${endByte}`);
  }
  const ranges: FileRange[] = [];
  if (startByte === endByte) return ranges;
  for (let index = indexOfFileAt(info.files, startByte); index < info.files.length; index++) {
    const file = info.files[index];
    if (file === undefined || file.startByte >= endByte) break;
    const start = Math.max(startByte - file.startByte, 0);
    const end = Math.min(endByte - file.startByte, file.lengthBytes);
    if (start < end && !file.isPadding) ranges.push({ file: file.index, startByte: start, endByte: end });
  }
  return ranges;
}

/**
 * The pieces that hold bytes of a file, its neighbours' bytes perhaps among them. An empty file has none.
 * @throws {RangeError} when the torrent has no such file.
 */
export function piecesOfFile(info: Layout, file: FileIndex): PieceRange {
  const { startByte, lengthBytes } = info.files[file] ?? noSuchFile(file);
  const firstPiece = Math.floor(startByte / info.pieceLengthBytes);
  const endPiece = lengthBytes === 0 ? firstPiece : Math.ceil((startByte + lengthBytes) / info.pieceLengthBytes);
  return { firstPiece: firstPiece as PieceIndex, endPiece: endPiece as PieceIndex };
}

/** Whether a file that is asked for by itself begins at this byte of the torrent: what comes before it has ended. */
export function isStartOfFile(info: Layout, byte: number): boolean {
  const file = info.files[indexOfFileAt(info.files, byte)];
  return file !== undefined && file.startByte === byte && file.lengthBytes > 0 && !file.isPadding;
}

/** The last file that begins at or before this byte; empty files that begin there too come before it. */
function indexOfFileAt(files: readonly TorrentFile[], byte: number): number {
  let low = 0;
  let high = files.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((files[middle]?.startByte ?? 0) <= byte) low = middle;
    else high = middle - 1;
  }
  return low;
}

function noSuchFile(file: FileIndex): never {
  throw new RangeError(`the torrent has no file ${file}`);
}
