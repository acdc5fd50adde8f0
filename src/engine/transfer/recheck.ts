import type { DepotEvent, DepotSession } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { NO_BYTES, withPiece } from './bytes-by-source.ts';
import type { Transfer } from './transfer.ts';
import type { TransferBook } from './transfer-book.ts';

/** `no-copy`: the store has nothing of it that could be looked at. */
export type RecheckOutcome = 'checking' | 'no-copy';

/**
 * Has everything that the store has of a transfer hashed again, whatever it does now; what does not match is fetched
 * anew. One that is paused is only looked through. What is saved already is left as it is: only the store's copy is put
 * right, also over a restart.
 */
export async function recheckTransfer(transfer: Transfer): Promise<RecheckOutcome> {
  const isThere = () => transfer.record.isStored && !transfer.record.isStaged && !transfer.record.isHidden;
  if (!isThere() || (await transfer.info()) === null) return 'no-copy';
  let outcome: RecheckOutcome = 'checking';
  await transfer.whileStopped(() => {
    const { book } = transfer;
    const { phase } = book.record.state;
    if (!isThere()) {
      outcome = 'no-copy'; // it was dropped while we waited
      return;
    }
    const restores = phase === 'done' || book.record.restores === true;
    const recheck = phase === 'paused' ? 'then-pause' : 'then-go-on';
    // What vouched for a file once is asked again.
    book.remember({ recheck, restores, vouched: [] });
    book.move({ type: 'check-requested' });
  });
  return outcome;
}

/**
 * Hashes the whole store of a transfer, if that is what it was opened for; its figures grow with what is found. Rejects
 * when the signal fires, and begins anew the next time then: the session is closed by it, because nothing else ends a
 * check of many gigabytes.
 */
export async function checkIfAsked(session: DepotSession, book: TransferBook, signal: AbortSignal): Promise<void> {
  if (book.record.recheck == null) return;
  signal.throwIfAborted();
  const stop = () => void session.close().catch(() => undefined); // whoever closes the run hears of it
  signal.addEventListener('abort', stop);
  try {
    book.remember({ verified: NO_BYTES });
    await session.check();
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  book.remember({ recheck: null });
  await book.persist();
}

/** Counts what a check has found so far. */
export function noteChecked(
  book: TransferBook,
  info: TorrentInfo,
  { pieces }: Extract<DepotEvent, { readonly type: 'checked' }>,
): void {
  let { verified } = book.record;
  for (const { piece, mark } of pieces) verified = withPiece(verified, info, piece, mark);
  book.remember({ verified });
}
