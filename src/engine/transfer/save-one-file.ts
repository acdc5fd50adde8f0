import type { FileIndex } from '../../model/ids.ts';
import type { EnginePorts } from '../ports.ts';
import { Serial } from '../store/serial.ts';
import { fileViews } from './file-views.ts';
import { saveFiles } from './save-files.ts';
import type { Transfer } from './transfer.ts';

/** Saving takes one file of a transfer at a time, so that two never choose a folder each. */
const turns = new WeakMap<Transfer, Serial>();

/**
 * Copies one file to the Downloads folder while the rest of its transfer is still fetched. Only a file whose every piece
 * is verified is copied; it is not fetched or saved again when the others are.
 * @returns whether it is saved now; false when it is not whole, not the time for it, or there is no such file.
 * @throws {TransferError} when the browser could not save it.
 */
export function saveOneFile(
  transfer: Transfer,
  file: FileIndex,
  ports: Pick<EnginePorts, 'saver' | 'clock'>,
): Promise<boolean> {
  const turn = turns.get(transfer) ?? new Serial();
  turns.set(transfer, turn);
  return turn.run(() => saveInTurn(transfer, file, ports));
}

async function saveInTurn(
  transfer: Transfer,
  file: FileIndex,
  { saver, clock }: Pick<EnginePorts, 'saver' | 'clock'>,
): Promise<boolean> {
  const info = await transfer.info();
  const { run, book } = transfer;
  // What is being saved as a whole, or is saved, takes care of its files itself.
  if (info === null || run === null || transfer.record.state.phase !== 'downloading' || !info.isMultiFile) return false;
  const view = fileViews(info, transfer.record, run.marks).find(({ index }) => index === file);
  if (view?.isSaved) return true;
  if (view === undefined || view.hereBytes < view.lengthBytes) return false;
  await saveFiles({
    info,
    whole: new Set([file]),
    skipped: [],
    saver,
    clock,
    signal: new AbortController().signal, // the browser has the file; whether the transfer goes on is nothing to it
    saved: book.record.saved.filter((entry) => entry.file === file),
    folder: book.record.folder,
    remember: (entries, folder) => {
      const others = book.record.saved.filter((entry) => entry.file !== file);
      book.remember({ saved: [...others, ...entries], folder: book.record.folder ?? folder });
      return book.persist();
    },
  });
  return true;
}
