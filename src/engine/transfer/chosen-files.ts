import type { FileView, FileWish } from '../../model/file-view.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { type FileChoice, wantsNothing, withSelected, withWishes } from './file-choice.ts';
import { fileViews } from './file-views.ts';
import { choiceOf, lacksFiles, sizeOf } from './needs.ts';
import type { Transfer } from './transfer.ts';

/** What a transfer's torrent holds; null while its metadata is not known. */
export async function filesOf(transfer: Transfer): Promise<FileView[] | null> {
  const info = await transfer.info();
  return info && fileViews(info, transfer.record, transfer.run?.marks ?? null);
}

/**
 * Changes which files are wanted, and when. What arrived of a file that is no longer wanted stays until the transfer
 * is removed. Returns false, and changes nothing, when no file would be left or the files are not known yet.
 */
export async function setFiles(transfer: Transfer, wishes: readonly FileWish[]): Promise<boolean> {
  const info = await transfer.info();
  return info !== null && choose(transfer, info, withWishes(choiceOf(transfer.record), wishes, info));
}

/** Another link to this torrent asks for some of its files (`so=`): they are wanted too. */
export async function selectAlso(transfer: Transfer, selected: readonly number[]): Promise<void> {
  const info = await transfer.info();
  const { record, book } = transfer;
  if (info !== null) await choose(transfer, info, withSelected(choiceOf(record), selected, info));
  else if (record.selected) book.remember({ selected: [...record.selected, ...selected] });
}

async function choose(transfer: Transfer, info: TorrentInfo, choice: FileChoice): Promise<boolean> {
  const { book } = transfer;
  if (wantsNothing(info, choice)) return false;
  if (JSON.stringify(choice) === JSON.stringify(choiceOf(book.record))) return true;
  const change = () => {
    book.remember({ choice, ...sizeOf(info, choice) });
    if (book.record.state.phase === 'done' && lacksFiles(info, book.record)) book.move({ type: 'more-wanted' });
  };
  // What waits for the user's word fetches nothing yet, and keeps its peers.
  if (book.record.state.phase !== 'choosing') await transfer.whileStopped(change);
  else {
    change();
    await book.persist();
  }
  return true;
}
