import type { Clock } from '../ports.ts';
import type { VerifiedPiece } from '../store/depot.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { withPiece } from './bytes-by-source.ts';
import type { TransferBook } from './transfer-book.ts';

/** What is known by name of who brought what is written down this often. */
const PERSIST_EVERY_MS = 5_000;

/**
 * Notes who brought each piece that is verified: in the transfer's book and in `marks` at once, on the disk every few seconds. A write
 * that fails is tried again with the next piece that comes after that time.
 */
export function keepVerified(
  book: TransferBook,
  info: TorrentInfo,
  clock: Clock,
  marks: Uint8Array | null,
): (pieces: readonly VerifiedPiece[]) => void {
  let persistedAtMs = 0;
  return (pieces) => {
    let { verified } = book.record;
    for (const { piece, mark } of pieces) {
      verified = withPiece(verified, info, piece, mark);
      if (marks !== null) marks[piece] = mark;
    }
    book.remember({ verified });
    const nowMs = clock.nowMs();
    if (nowMs < persistedAtMs + PERSIST_EVERY_MS) return;
    persistedAtMs = nowMs;
    book.persist().catch((error: unknown) => console.error('records', String(error)));
  };
}
