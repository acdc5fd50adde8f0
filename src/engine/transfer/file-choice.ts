import type { FilePriority, FileWish } from '../../model/file-view.ts';
import type { FileIndex } from '../../model/ids.ts';
import { piecesOfFile } from '../torrent/file-ranges.ts';
import { type FileSpans, isInSpans, spansWhere } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { wantedPieces } from '../torrent/wanted-pieces.ts';

/** Which files of a transfer are not wanted, and which before the others. Kept in its record. */
export type FileChoice = { readonly skipped: FileSpans; readonly first: FileSpans };

export const ALL_FILES: FileChoice = { skipped: [], first: [] };

/** When a piece is wanted, as one byte a piece. */
export const Wanted = { not: 0, now: 1, later: 2 } as const;

export function priorityOf({ skipped, first }: FileChoice, file: FileIndex): FilePriority {
  if (isInSpans(skipped, file)) return 'skip';
  return isInSpans(first, file) ? 'first' : 'normal';
}

/** The choice after the user's changes. Padding follows nobody's wish, and stays out of the spans. */
export function withWishes(choice: FileChoice, wishes: readonly FileWish[], info: TorrentInfo): FileChoice {
  const changed = new Map(wishes.flatMap(({ files, priority }) => files.map((file) => [file, priority] as const)));
  const of = (priority: FilePriority) => (file: FileIndex) =>
    info.files[file]?.isPadding === false && (changed.get(file) ?? priorityOf(choice, file)) === priority;
  const count = info.files.length;
  return { skipped: spansWhere(count, of('skip')), first: spansWhere(count, of('first')) };
}

/**
 * The choice of a magnet's `so=` (BEP 53): the named files and no others. Indices that name no file, or only padding,
 * count for nothing; when none is left, all files are wanted, as if there were no `so=`.
 */
export function choiceOfSelected(selected: readonly number[], info: TorrentInfo): FileChoice {
  const named = new Set(selected.filter((index) => info.files[index]?.isPadding === false));
  if (named.size === 0) return ALL_FILES;
  const isSkipped = (file: FileIndex) => info.files[file]?.isPadding === false && !named.has(file);
  return { skipped: spansWhere(info.files.length, isSkipped), first: [] };
}

/** Like `choice`, with these files wanted too: what another link to the same torrent asks for. */
export function withSelected(choice: FileChoice, selected: readonly number[], info: TorrentInfo): FileChoice {
  const wanted = new Set(selected);
  const isSkipped = (file: FileIndex) => isInSpans(choice.skipped, file) && !wanted.has(file);
  return { ...choice, skipped: spansWhere(info.files.length, isSkipped) };
}

/** When each piece is wanted. Where some files come first, the pieces that only others need are for later. */
export function wantedByTime(info: TorrentInfo, { skipped, first }: FileChoice): Uint8Array {
  const wanted = wantedPieces(info, skipped);
  if (first.length === 0) return wanted;
  const byTime = wanted.map((one) => (one === Wanted.not ? Wanted.not : Wanted.later));
  for (const { index, isPadding } of info.files) {
    if (isPadding || !isInSpans(first, index)) continue;
    const { firstPiece, endPiece } = piecesOfFile(info, index);
    byTime.fill(Wanted.now, firstPiece, endPiece);
  }
  return byTime;
}

/** Whether anything that has bytes is wanted at all. */
export const wantsNothing = (info: TorrentInfo, { skipped }: FileChoice): boolean =>
  info.files.every(({ index, isPadding }) => isPadding || isInSpans(skipped, index));
