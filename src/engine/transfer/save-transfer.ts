import type { FileIndex } from '../../model/ids.ts';
import type { EnginePorts } from '../ports.ts';
import { type FileSpans, isInSpans, spansWhere } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { afterSaving } from './after-saving.ts';
import { choiceOf } from './needs.ts';
import { saveFiles } from './save-files.ts';
import type { TransferBook } from './transfer-book.ts';
import type { TransferRecord } from './transfer-record.ts';

type SaveOptions = {
  readonly ports: Pick<EnginePorts, 'saver' | 'clock'>;
  readonly book: TransferBook;
  readonly signal: AbortSignal;
};

/**
 * Puts a transfer's files into the Downloads folder, and remembers which of them to show and what the user should know.
 * @param whole The files that can be saved, when not all can; null when all are whole.
 */
export async function saveTransfer(
  info: TorrentInfo,
  whole: ReadonlySet<FileIndex> | null,
  { ports, book, signal }: SaveOptions,
): Promise<void> {
  const named = withFileName(info, book.record.fileName);
  const saved = await saveFiles({
    info: named,
    whole,
    skipped: notSaved(info, book.record),
    saver: ports.saver,
    clock: ports.clock,
    signal,
    saved: book.record.saved,
    folder: book.record.folder,
    remember: (entries, folder) => {
      book.remember({ saved: entries, folder });
      return book.persist();
    },
  });
  book.remember(afterSaving(named, book.record, saved, whole));
}

/** Files that nobody wants, and those that the user has elsewhere. */
function notSaved(info: TorrentInfo, record: Pick<TransferRecord, 'choice' | 'ownFiles'>): FileSpans {
  const { skipped } = choiceOf(record);
  const { ownFiles = [] } = record;
  if (ownFiles.length === 0) return skipped;
  return spansWhere(info.files.length, (file) => isInSpans(skipped, file) || isInSpans(ownFiles, file));
}

/** A torrent of one file as if that had another name: what hashes vouch for are its bytes. */
function withFileName(info: TorrentInfo, name: string | undefined): TorrentInfo {
  if (name === undefined || info.isMultiFile) return info;
  return { ...info, name, files: info.files.map((file) => ({ ...file, path: [name] })) };
}
