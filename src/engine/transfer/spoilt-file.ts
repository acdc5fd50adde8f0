import type { OriginFault } from '../../model/failure.ts';
import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import { piecesOfFile } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { OriginDesk } from './origin-desk.ts';
import { FAULTS_OF_A_FILE } from './refused-files.ts';
import type { Run } from './run-desk.ts';

/** After so many spoilt files without a byte between them, the next is asked for only after a rest. */
const SPOILT_IN_A_ROW = 4;
/** Of an origin that has delivered, and of one that has not. */
const REST_S = 1;
const REST_OF_A_STRANGER_S = 10;

/**
 * Those of them that may as well be about us, and pass: a page instead of a file is what portals of hotels, sessions that
 * are over and sites under repair send for all files, and some sites for one that is not there.
 */
const REFUSALS: ReadonlySet<OriginFault> = new Set(['forbidden', 'web-page']);
/** No file's fault, whichever was asked for. */
const PROXY_REFUSES = 407;

/** What a run met: `status` is null when there was no answer. */
export type MetFault = {
  readonly fault: OriginFault;
  readonly status: number | null;
  /** Torrent offset at which it was met. */
  readonly positionByte: number;
};

/**
 * Bars the pieces of a spoilt file, if that is what a run met. Returns the seconds after which the origin is asked for
 * its other files, null when it met something else: an archive has changed or removed several files of a torrent, one
 * after the other, and is a good origin still; one that has nothing of it is not to be pressed. A file that it refuses to
 * hand out is such a file too, unless it refuses several in a row.
 */
export function barSpoiltFile(info: TorrentInfo, desk: OriginDesk, met: MetFault): number | null {
  const file = fileToBlame(info, met);
  if (file === null) return null;
  const pieces = piecesOfFile(info, file);
  const isRefused = REFUSALS.has(met.fault);
  if (!isRefused) desk.spoilt.add(file);
  const inARow = isRefused ? desk.refusesFile(file, pieces) : desk.lacksFile(pieces);
  if (inARow === null) return null;
  if (inARow <= SPOILT_IN_A_ROW) return 0;
  return desk.rate.totalBytes > 0 ? REST_S : REST_OF_A_STRANGER_S;
}

/** The file that is not there, not to be had or not what it was; null when the fault is the origin's as a whole. */
function fileToBlame(info: TorrentInfo, { fault, status, positionByte }: MetFault): FileIndex | null {
  if (!info.isMultiFile || !FAULTS_OF_A_FILE.has(fault) || status === PROXY_REFUSES) return null;
  const file = info.files.find((f) => f.startByte <= positionByte && positionByte < f.startByte + f.lengthBytes);
  return file?.index ?? null;
}

/** The runs of an origin that have still to stream a piece that it lacks; all of them when it is not asked any more. */
export function runsInVain(runs: readonly Run[], desk: OriginDesk, info: TorrentInfo): Run[] {
  const isInVain = ({ origin, positionByte, endByte }: Run): boolean => {
    if (origin !== desk.origin || desk.isDropped) return origin === desk.origin;
    const endPiece = Math.ceil(endByte / info.pieceLengthBytes);
    for (let piece = Math.floor(positionByte / info.pieceLengthBytes); piece < endPiece; piece++) {
      if (desk.lacks.has(piece as PieceIndex)) return true;
    }
    return false;
  };
  return runs.filter(isInVain);
}
