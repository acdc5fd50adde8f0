import type { EnginePorts } from '../ports.ts';
import { readInfo } from '../torrent/read-info.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { recordOfInfo } from './new-record.ts';
import type { TransferBook } from './transfer-book.ts';

/**
 * Reads a transfer's info dictionary and remembers what the list shows of it. Hashes of whole files that a Metalink gave
 * stand in for those that the torrent itself does not give.
 * @throws {TorrentError}
 */
export async function describeTorrent(
  infoBytes: Uint8Array,
  sha1: EnginePorts['sha1'],
  book: TransferBook,
): Promise<TorrentInfo> {
  const info = await readInfo(infoBytes, sha1);
  const described = recordOfInfo(info, book.record);
  book.remember({ ...described, name: book.record.fileName ?? info.name });
  const known = new Map(book.record.fileHashes?.map(({ file, hashes }) => [file, hashes]));
  const files = info.files.map((file) => {
    const wholeHashes = file.wholeHashes ?? known.get(file.index);
    return wholeHashes === undefined ? file : { ...file, wholeHashes };
  });
  return { ...info, files };
}
