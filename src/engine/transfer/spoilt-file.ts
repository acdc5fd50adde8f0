import type { OriginFault } from '../../model/failure.ts';
import { type PieceRange, piecesOfFile } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

/** Faults that may be of one file only: it is not there, or it is another file by now. */
const FAULTS_OF_A_FILE: ReadonlySet<OriginFault> = new Set(['not-found', 'wrong-length', 'web-page']);

/**
 * The pieces that an origin must not be asked for because one file of several is not there or has changed; null when the
 * fault is the origin's as a whole.
 * @param positionByte Torrent offset at which the fault was met.
 */
export function piecesOfSpoiltFile(info: TorrentInfo, fault: OriginFault, positionByte: number): PieceRange | null {
  if (!info.isMultiFile || !FAULTS_OF_A_FILE.has(fault)) return null;
  const file = info.files.find((f) => f.startByte <= positionByte && positionByte < f.startByte + f.lengthBytes);
  return file === undefined ? null : piecesOfFile(info, file.index);
}
