import type { Transfer } from './transfer.ts';

/** The user wants a file that was only played from its page: it is fetched to its end, and saved like any other. */
export async function keepPlayed(transfer: Transfer): Promise<void> {
  const { book } = transfer;
  if (book.record.isPlayedOnly !== true) return;
  await transfer.whileStopped(() => {
    book.remember({ isPlayedOnly: false });
    book.move({ type: 'more-wanted' });
  });
}
