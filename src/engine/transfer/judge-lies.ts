import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import { fileRangesOfPiece, piecesOfFile } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

/** A source that lied this often without an excuse is not asked any more. */
const MAX_LIES = 2;
/** One more changed file is excused for so many good pieces. */
const GOOD_PIECES_PER_EXCUSE = 8;
/** And so many in any case when they are shorter than a piece: an archive's own records change, its films do not. */
const EXCUSED_SMALL_FILES = 3;

/** What wrong bytes say of the origin that sent them. */
export type Judgement = {
  /** Wrong pieces that no changed file explains. */
  readonly lies: number;
  /** It is to be left alone for good. */
  readonly isLiar: boolean;
  /** Pieces that it cannot bring: what it has there is another file by now. */
  readonly lacks: readonly PieceIndex[];
};

/**
 * Judges an origin by the pieces that it got wrong, each with how often. In a torrent of several files, wrong bytes that
 * one file can explain are no lies: the file has changed since the torrent was made. Wrong bytes in different files are
 * lies, but for a few small files, and unless much that is good came too.
 *
 * A piece that was wrong twice will stay so. The inner pieces of a file are given up when two of its pieces were wrong,
 * one of them with bytes of no other file; a piece that it shares is not, for the change may lie elsewhere in the file,
 * and its neighbour needs that piece.
 * @param goodPieces Pieces' worth of bytes that it delivered beside them.
 */
export function judgeLies(info: TorrentInfo, proofs: ReadonlyMap<PieceIndex, number>, goodPieces: number): Judgement {
  let count = 0;
  for (const times of proofs.values()) count += times;
  if (!info.isMultiFile) return { lies: count, isLiar: count >= MAX_LIES, lacks: [] };

  const pieces = [...proofs.keys()].sort((a, b) => a - b);
  const wrong = pieces.map((piece) => fileRangesOfPiece(info, piece).map(({ file }) => file));
  const excused = 1 + Math.floor(Math.max(goodPieces, 0) / GOOD_PIECES_PER_EXCUSE);
  const isSmall = (file: FileIndex) => (info.files[file]?.lengthBytes ?? 0) < info.pieceLengthBytes;
  const inLargeFiles = wrong.filter((files) => !files.some(isSmall));
  const isLiar = fewestFiles(inLargeFiles) > excused || fewestFiles(wrong) > excused + EXCUSED_SMALL_FILES;
  if (isLiar) return { lies: count, isLiar, lacks: [] };

  const lacks = new Set(pieces.filter((piece) => (proofs.get(piece) ?? 0) > 1));
  for (const file of changedFiles(wrong)) {
    for (const piece of innerPieces(info, file)) lacks.add(piece);
  }
  return { lies: pieces.filter((piece) => !lacks.has(piece)).length, isLiar: false, lacks: [...lacks] };
}

/**
 * The fewest changed files that explain all wrong pieces. Pieces come in order, and so do the files of each: taking the
 * last file of the first piece that is not explained leaves the least.
 */
function fewestFiles(wrong: readonly (readonly FileIndex[])[]): number {
  let files = 0;
  let last = -1;
  for (const touched of wrong) {
    if (touched.some((file) => file === last)) continue;
    last = touched.at(-1) ?? -1;
    files += 1;
  }
  return files;
}

/** Files of which two pieces were wrong, one of them theirs alone: two that are shared may be the neighbours' doing. */
function changedFiles(wrong: readonly (readonly FileIndex[])[]): FileIndex[] {
  const alone = new Set(wrong.flatMap((files) => (files.length === 1 ? files : [])));
  return [...alone].filter((file) => wrong.filter((files) => files.includes(file)).length > 1);
}

/** The pieces that hold bytes of this file and of no other. */
function innerPieces(info: TorrentInfo, file: FileIndex): PieceIndex[] {
  const inner: PieceIndex[] = [];
  const { firstPiece, endPiece } = piecesOfFile(info, file);
  for (let index = firstPiece as number; index < endPiece; index++) {
    const piece = index as PieceIndex;
    if (fileRangesOfPiece(info, piece).length === 1) inner.push(piece);
  }
  return inner;
}
