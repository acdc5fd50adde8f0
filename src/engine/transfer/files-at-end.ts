import type { Problem } from '../../model/failure.ts';
import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import { PieceState } from '../schedule/piece-map.ts';
import { fileRangesOfPiece, piecesOfFile } from '../torrent/file-ranges.ts';
import { type FileSpans, isInSpans } from '../torrent/file-spans.ts';
import type { TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';

const MAX_NAMED = 3;
const MAX_NAME_LENGTH = 120;

/** Files by what can become of them when the missing pieces never come. Padding is in none of the lists. */
export type FilesAtEnd = {
  /** All their pieces are verified; empty files too. */
  readonly whole: readonly TorrentFile[];
  /** All that they lack are pieces that they share, and a hash of the whole file could vouch for them. */
  readonly vouchable: readonly TorrentFile[];
  /** As these, but no hash is known. They are lost unless an origin may speak for them. */
  readonly unvouched: readonly TorrentFile[];
  readonly lost: readonly TorrentFile[];
};

/**
 * Sorts the files of a torrent.
 * A file that lacks a piece of its own alone cannot be vouched for: nobody has these bytes as the torrent means them.
 * @param states One `PieceState` a piece; all that are not held are taken for missing.
 * @param skipped Files that nobody waits for: they are in none of the lists.
 */
export function filesAtEnd(info: TorrentInfo, states: Uint8Array, skipped: FileSpans): FilesAtEnd {
  const [whole, vouchable, unvouched, lost] = Array.from({ length: 4 }, (): TorrentFile[] => []) as Lists;
  for (const file of info.files) {
    if (file.isPadding || isInSpans(skipped, file.index)) continue;
    const missing = missingPieces(info, file.index, states);
    if (missing.length === 0) whole.push(file);
    else if (!missing.every((piece) => isShared(info, piece))) lost.push(file);
    else (file.wholeHashes === undefined ? unvouched : vouchable).push(file);
  }
  return { whole, vouchable, unvouched, lost };
}

type Lists = [TorrentFile[], TorrentFile[], TorrentFile[], TorrentFile[]];

/** What the user is told of the wanted files that cannot come, when only those of `saved` are saved. */
export function problemOfLost(
  info: TorrentInfo,
  saved: ReadonlySet<FileIndex>,
  skipped: FileSpans,
): Extract<Problem, { code: 'files-unavailable' }> {
  const lost = info.files.filter(
    (file) => !file.isPadding && !saved.has(file.index) && !isInSpans(skipped, file.index),
  );
  const files = lost.slice(0, MAX_NAMED).map(({ path }) => (path.at(-1) ?? '').slice(0, MAX_NAME_LENGTH));
  return { code: 'files-unavailable', files, count: lost.length, saved: saved.size };
}

function missingPieces(info: TorrentInfo, file: FileIndex, states: Uint8Array): PieceIndex[] {
  const { firstPiece, endPiece } = piecesOfFile(info, file);
  const missing: PieceIndex[] = [];
  for (let piece = firstPiece as number; piece < endPiece; piece++) {
    if (states[piece] !== PieceState.held) missing.push(piece as PieceIndex);
  }
  return missing;
}

const isShared = (info: TorrentInfo, piece: PieceIndex): boolean => fileRangesOfPiece(info, piece).length > 1;
