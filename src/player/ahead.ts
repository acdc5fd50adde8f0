import type { PieceRuns } from '../model/player.ts';
import type { ByteCurve } from './byte-curve.ts';

const MISSING_LOOKS: ReadonlySet<number> = new Set([0, 1, 6]); // missing, asked, bad (PIECE_LOOKS)
const HAS_NEXT = 3; // HTMLMediaElement.HAVE_FUTURE_DATA

/** Seconds that an element has buffered beyond its playhead, by its own word. */
export function bufferedAheadS({ buffered, currentTime }: HTMLMediaElement): number {
  for (let range = 0; range < buffered.length; range++) {
    if (buffered.start(range) <= currentTime + 0.1 && currentTime <= buffered.end(range)) {
      return Math.max(buffered.end(range) - currentTime, 0);
    }
  }
  return 0;
}

export type FileOnDisk = {
  readonly lengthBytes: number;
  readonly pieceLengthBytes: number;
  readonly leadBytes: number;
  readonly durationS: number | null;
  /** Null when all its seconds are alike, as far as is known. */
  readonly curve: ByteCurve | null;
  readonly pieces: PieceRuns;
};

/**
 * The same of an element that plays an address of the extension: Chrome takes all of such a file for buffered, so it is
 * what lies on the disk beyond the place where the playhead is about, as far as that is in one row.
 */
export function storedAheadS(media: HTMLMediaElement, file: FileOnDisk): number {
  const { durationS, lengthBytes, pieceLengthBytes, leadBytes, curve, pieces } = file;
  if (durationS === null || media.seeking || media.readyState < HAS_NEXT) return 0;
  const playedByte = curve?.byteAt(media.currentTime) ?? (media.currentTime / durationS) * lengthBytes;
  let endByte = -leadBytes;
  for (const [look, count] of pieces) {
    endByte += count * pieceLengthBytes;
    if (endByte <= playedByte) continue;
    if (isMissing(look)) {
      const startByte = endByte - count * pieceLengthBytes;
      if (curve !== null) return Math.max(curve.timeAt(startByte) - media.currentTime, 0);
      return (Math.max(startByte - playedByte, 0) / lengthBytes) * durationS;
    }
  }
  return durationS - media.currentTime;
}

/** Whether all of a file has arrived. */
export const isWhole = (pieces: PieceRuns): boolean => pieces.every(([look]) => !isMissing(look));

/** Whether pieces that look like this are not here, or may be wrong. */
export const isMissing = (look: number): boolean => MISSING_LOOKS.has(look);
