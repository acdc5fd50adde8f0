import type { OriginFault } from '../../model/failure.ts';
import type { PieceIndex } from '../../model/ids.ts';
import { type PieceRange, piecesOfFile } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { OriginDesk } from './origin-desk.ts';
import type { Run } from './run-desk.ts';

/** Spoilt files that may follow each other before the origin itself is doubted. */
const SPOILT_IN_A_ROW = 4;

/** Faults that may be of one file only: it is not there, or it is another file by now. */
const FAULTS_OF_A_FILE: ReadonlySet<OriginFault> = new Set(['not-found', 'wrong-length', 'web-page']);

/**
 * The pieces that an origin must not be asked for because one file of several is not there or has changed; null when the
 * fault is the origin's as a whole.
 * @param positionByte Torrent offset at which the fault was met.
 */
function piecesOfSpoiltFile(info: TorrentInfo, fault: OriginFault, positionByte: number): PieceRange | null {
  if (!info.isMultiFile || !FAULTS_OF_A_FILE.has(fault)) return null;
  const file = info.files.find((f) => f.startByte <= positionByte && positionByte < f.startByte + f.lengthBytes);
  return file === undefined ? null : piecesOfFile(info, file.index);
}

/**
 * Bars the pieces of a spoilt file, if that is what a run met. Returns whether the origin goes on with its other files at
 * once: an archive has changed several small files of a torrent, one after the other, and is a good origin still.
 */
export function barSpoiltFile(info: TorrentInfo, desk: OriginDesk, fault: OriginFault, positionByte: number): boolean {
  const spoilt = piecesOfSpoiltFile(info, fault, positionByte);
  if (spoilt === null) return false;
  for (let piece = spoilt.firstPiece as number; piece < spoilt.endPiece; piece++) desk.lacksPiece(piece as PieceIndex);
  return desk.health.faults < SPOILT_IN_A_ROW;
}

/** Whether a run has still to stream a piece that its origin lacks, or is of an origin that is not asked any more. */
export function isInVain(run: Pick<Run, 'positionByte' | 'endPiece'>, desk: OriginDesk, info: TorrentInfo): boolean {
  if (desk.isDropped) return true;
  for (let piece = Math.floor(run.positionByte / info.pieceLengthBytes); piece < run.endPiece; piece++) {
    if (desk.lacks.has(piece as PieceIndex)) return true;
  }
  return false;
}
