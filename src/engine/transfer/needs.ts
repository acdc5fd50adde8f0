import type { FileIndex } from '../../model/ids.ts';
import type { BytesBySource } from '../../model/transfer-view.ts';
import { MISSING } from '../store/journal.ts';
import { type FileSpans, isInSpans, spansWhere } from '../torrent/file-spans.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { bytesOfPieces, wantedPieces } from '../torrent/wanted-pieces.ts';
import { NO_BYTES, withPiece } from './bytes-by-source.ts';
import { ALL_FILES, type FileChoice, wantedByTime } from './file-choice.ts';
import type { TransferRecord } from './transfer-record.ts';

/** What a transfer has still to fetch, and what its figures are of. */
export type Needs = {
  /** Files that need not come: the user does not want them, or has them in the Downloads folder already. */
  readonly skipped: FileSpans;
  /** When each piece is wanted (`Wanted` of file-choice.ts). */
  readonly wanted: Uint8Array;
  /** One byte a piece: 1 for those of the files that the user wants. */
  readonly chosen: Uint8Array;
};

export const choiceOf = ({ choice = ALL_FILES }: Pick<TransferRecord, 'choice'>): FileChoice => choice;

type NeedsRecord = Pick<TransferRecord, 'choice' | 'saved' | 'restores'>;

export function needsOf(info: TorrentInfo, record: NeedsRecord): Needs {
  const choice = choiceOf(record);
  const complete = record.restores ? [] : record.saved.filter(({ isComplete }) => isComplete);
  const saved = new Set(complete.map(({ file }) => file));
  const chosen = wantedPieces(info, choice.skipped);
  if (saved.size === 0) return { skipped: choice.skipped, wanted: wantedByTime(info, choice), chosen };
  const isSkipped = (file: FileIndex) => isInSpans(choice.skipped, file) || saved.has(file);
  const skipped = spansWhere(info.files.length, isSkipped);
  return { skipped, wanted: wantedByTime(info, { ...choice, skipped }), chosen };
}

/** Whether the user wants a file that is not in the Downloads folder. */
export function lacksFiles(info: TorrentInfo, record: NeedsRecord): boolean {
  const { skipped } = needsOf(info, record);
  return info.files.some(({ index, isPadding }) => !isPadding && !isInSpans(skipped, index));
}

/** What the list shows of a transfer's size: of what is wanted, whole pieces. */
export function sizeOf(info: TorrentInfo, choice: FileChoice): Pick<TransferRecord, 'sizeBytes' | 'files'> {
  const files = info.files.filter(({ index, isPadding }) => !isPadding && !isInSpans(choice.skipped, index)).length;
  return { files, sizeBytes: bytesOfPieces(info, wantedPieces(info, choice.skipped)) };
}

/** Verified bytes by source. What is saved already and no longer in the store was here. */
export function verifiedBytes(info: TorrentInfo, marks: Uint8Array, { wanted, chosen }: Needs): BytesBySource {
  let sum = NO_BYTES;
  let savedBytes = 0;
  for (const [index, mark] of marks.entries()) {
    if (chosen[index] === 0) continue;
    const piece = index as Parameters<typeof withPiece>[2];
    if (mark !== MISSING) sum = withPiece(sum, info, piece, mark);
    else if (wanted[index] === 0) savedBytes += lengthOfPiece(info, piece);
  }
  return { ...sum, hereBytes: sum.hereBytes + savedBytes };
}
