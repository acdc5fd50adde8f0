import type { EnginePorts } from '../ports.ts';
import { safePaths } from '../torrent/safe-names.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { saveFiles } from './save-files.ts';
import type { TransferBook } from './transfer-book.ts';

type SaveOptions = {
  readonly ports: Pick<EnginePorts, 'saver' | 'clock'>;
  readonly book: TransferBook;
  readonly signal: AbortSignal;
};

/** Puts a transfer's files into the Downloads folder, and remembers which of them to show and what names had to change. */
export async function saveTransfer(info: TorrentInfo, { ports, book, signal }: SaveOptions): Promise<void> {
  const saved = await saveFiles({
    info,
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
  const lengthOf = (file: number): number => info.files[file]?.lengthBytes ?? 0;
  const largest = saved.toSorted((a, b) => lengthOf(b.file) - lengthOf(a.file))[0];
  const { changed } = safePaths(info);
  const problems = book.record.problems.filter(({ code }) => code !== 'names-changed');
  if (changed > 0) problems.push({ code: 'names-changed', files: changed });
  const shown = largest === undefined ? null : { downloadId: largest.downloadId, files: saved.length };
  book.remember({ shown, problems });
}
