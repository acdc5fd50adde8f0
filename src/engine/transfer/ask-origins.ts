import type { OriginUrl } from '../../model/ids.ts';
import { lengthOfFileAt } from '../origin/measure-file.ts';
import { originFileUrl } from '../torrent/origin-url.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

/** More are not asked before the user has said what to take. */
const MAX_ASKED = 8;
const TIME_LIMIT_MS = 10_000;

/**
 * Asks a torrent's origins for the length of its largest file, all at once. Calls `onAnswer` for each that has it with
 * that length. Resolves when all have answered or not; never rejects.
 */
export async function askOrigins(
  info: TorrentInfo,
  origins: readonly OriginUrl[],
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
  onAnswer: () => void,
): Promise<void> {
  const [largest] = info.files.filter((file) => !file.isPadding).sort((a, b) => b.lengthBytes - a.lengthBytes);
  if (largest === undefined) return;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const ask = async (origin: OriginUrl) => {
    const length = await lengthOfFileAt(originFileUrl(origin, info, largest.index), fetch, limit);
    if (length === largest.lengthBytes && !signal.aborted) onAnswer();
  };
  await Promise.allSettled(origins.slice(0, MAX_ASKED).map(ask));
}
