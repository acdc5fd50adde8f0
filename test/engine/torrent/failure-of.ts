import { TorrentError } from '../../../src/engine/torrent/torrent-error.ts';
import type { Failure } from '../../../src/model/failure.ts';

/** The failure that a reader throws, or null. Any other error is a fault of the reader and is thrown on. */
export async function failureOf(read: () => unknown): Promise<Failure | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (error instanceof TorrentError) return error.failure;
    throw error;
  }
}

/** The failure as one line: its code, and the reason if it has one. */
export async function failureLine(read: () => unknown): Promise<string | null> {
  const failure = await failureOf(read);
  return failure === null ? null : 'reason' in failure ? `${failure.code}: ${failure.reason}` : failure.code;
}
