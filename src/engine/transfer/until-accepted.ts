import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { askOrigins } from './ask-origins.ts';
import { withWaste } from './ledger.ts';
import type { RunOptions } from './run-options.ts';
import { untilAborted } from './seed-until-stopped.ts';

/**
 * Shows what a torrent holds, finds out which of its origins answer, and waits for the user's word.
 * @param accepted Resolves when the user wants it.
 */
export async function untilAccepted(
  info: TorrentInfo,
  { ports, hostLimits, book, signal }: Pick<RunOptions, 'ports' | 'hostLimits' | 'book' | 'signal'>,
  accepted: Promise<void>,
  onOriginAlive: () => void,
): Promise<void> {
  book.move({ type: 'shown' });
  await book.persist();
  const word = new AbortController();
  void askOrigins(info, book.record.origins, {
    fetch: ports.fetch,
    clock: ports.clock,
    hostLimits,
    signal: AbortSignal.any([signal, word.signal]),
    onAnswer: () => {
      onOriginAlive();
      book.remember({});
    },
    onCame: (bytes) => book.remember({ ledger: withWaste(book.record.ledger, 'unwanted', bytes) }),
  });
  await Promise.race([untilAborted(signal), accepted]);
  word.abort(); // from now on they are asked for what is wanted
}
