import type { EnginePorts } from '../ports.ts';
import { readInfo } from '../torrent/read-info.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { recordOfInfo } from './new-record.ts';
import type { TransferBook } from './transfer-book.ts';

/** Reads a transfer's info dictionary and remembers what the list shows of it. @throws {TorrentError} */
export async function describeTorrent(
  infoBytes: Uint8Array,
  sha1: EnginePorts['sha1'],
  book: TransferBook,
): Promise<TorrentInfo> {
  const info = await readInfo(infoBytes, sha1);
  const { fileName: name = info.name } = book.record;
  book.remember({ ...recordOfInfo(info, book.record), name });
  return info;
}
