import type { FileIndex } from '../../model/ids.ts';
import { spansWhere } from '../torrent/file-spans.ts';
import type { Transfer } from './transfer.ts';

/**
 * Lets go of a transfer's place in the store, so that a page of ours can put files of the user into it. Nothing runs of
 * it until `takeBackStore`, whatever is asked of it meanwhile.
 * @returns false, and nothing changes, when its metadata is not known or it is off the list.
 */
export async function lendStore(transfer: Transfer): Promise<boolean> {
  if (transfer.record.isHidden || (await transfer.info()) === null) return false;
  await transfer.lend();
  transfer.book.remember({ isStored: true }); // whatever comes into it goes with it
  await transfer.book.persist();
  return true;
}

/** Goes on after `lendStore` as if nothing had been, when the page is gone or put nothing in. */
export async function takeBackStore(transfer: Transfer): Promise<void> {
  await transfer.takeBack(() => undefined);
}

/**
 * Goes on after `lendStore` with what is in the store now: a transfer that is whole then shares it, the others fetch only
 * the rest. One that was paused or has failed goes on, too.
 * @param own Files of which the user has every byte: they are not saved to the Downloads folder a second time.
 */
export async function reseedTransfer(transfer: Transfer, own: readonly FileIndex[]): Promise<void> {
  const info = await transfer.info();
  await transfer.takeBack(() => {
    const { book } = transfer;
    const known = new Set([...own, ...indicesOf(book.record.ownFiles ?? [])]);
    const restores = book.record.state.phase === 'done' || book.record.restores === true;
    const ownFiles = spansWhere(info?.files.length ?? 0, (file) => known.has(file));
    book.remember({ ownFiles, restores, isStored: true });
    if (!book.record.isStaged) book.move({ type: 'check-requested' });
  });
}

function* indicesOf(spans: readonly (readonly [first: number, end: number])[]): Generator<FileIndex> {
  for (const [first, end] of spans) for (let file = first; file < end; file++) yield file as FileIndex;
}
