import type { Problem } from '../../model/failure.ts';
import type { FileIndex } from '../../model/ids.ts';
import { safePaths } from '../torrent/safe-names.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { problemOfLost } from './files-at-end.ts';
import { choiceOf } from './needs.ts';
import type { SavedFile, TransferRecord } from './transfer-record.ts';

/**
 * What is remembered of a transfer once its files are in the Downloads folder: what to show, and what the user should
 * know of the files.
 * @param whole The files that could be saved, when not all could; null when all were whole.
 */
export function afterSaving(
  info: TorrentInfo,
  record: TransferRecord,
  saved: readonly SavedFile[],
  whole: ReadonlySet<FileIndex> | null,
): Pick<TransferRecord, 'shown' | 'problems'> {
  const lengthOf = (file: number): number => info.files[file]?.lengthBytes ?? 0;
  const largest = saved.toSorted((a, b) => lengthOf(b.file) - lengthOf(a.file))[0];
  const shown = largest === undefined ? null : { downloadId: largest.downloadId, files: saved.length };

  const earlier = record.problems.filter(({ code }) => code !== 'names-changed' && code !== 'files-unavailable');
  const { changed } = safePaths(info);
  const names: Problem[] = changed > 0 ? [{ code: 'names-changed', files: changed }] : [];
  const lost =
    whole === null
      ? null
      : problemOfLost(
          info,
          new Set([...whole, ...saved.map(({ file }) => file as FileIndex)]),
          choiceOf(record).skipped,
        );
  return { shown, problems: [...(lost === null || lost.count === 0 ? [] : [lost]), ...earlier, ...names] };
}
