import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { askOrigins } from './ask-origins.ts';
import type { RunOptions } from './run-options.ts';
import { untilAborted } from './seed-until-stopped.ts';

/**
 * Shows what a torrent holds, finds out which of its origins answer, and waits for the user's word.
 * @param accepted Resolves when the user wants it.
 */
export async function untilAccepted(
  info: TorrentInfo,
  { ports, book, signal }: Pick<RunOptions, 'ports' | 'book' | 'signal'>,
  accepted: Promise<void>,
  onOriginAlive: () => void,
): Promise<void> {
  book.move({ type: 'shown' });
  await book.persist();
  void askOrigins(info, book.record.origins, ports.fetch, signal, () => {
    onOriginAlive();
    book.remember({});
  });
  await Promise.race([untilAborted(signal), accepted]);
}
