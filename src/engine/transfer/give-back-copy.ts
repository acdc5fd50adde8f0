import type { InfoHash } from '../../model/ids.ts';
import type { RunOptions } from './run-options.ts';

/**
 * Gives back the space of the store's copy: the files are in Downloads, nobody may be served from the store, and nobody
 * plays it any more.
 * @param isRead Resolves when nobody else needs the copy.
 */
export async function giveBackCopy(
  { ports, book, players, signal }: RunOptions,
  isRead: Promise<void>,
  close: () => Promise<void>,
): Promise<void> {
  await isRead;
  if (players.isPlayed) {
    await players.untilUnplayed(signal);
    if (signal.aborted) return;
  }
  await close();
  await ports.depot.remove(book.record.id as string as InfoHash);
  book.remember({ isStored: false });
  await book.persist();
}
