import { createHash } from 'node:crypto';
import { readTorrent } from '../engine/torrent/read-torrent.ts';
import { choosePieceLength } from '../publishing/piece-length.ts';
import type { FileHashes } from './hash-file.ts';
import type { PublishedEntry } from './publication-state.ts';
import type { FoundFile } from './walk-folder.ts';

/** SHA-1 for the readers and writers of torrents. */
export const sha1 = async (bytes: Uint8Array): Promise<Uint8Array> => createHash('sha1').update(bytes).digest();

/**
 * The hashes of a file that an earlier run made, from its .torrent; null when the file, its .torrent or how pieces are cut
 * has changed since, so that it has to be read again.
 */
export async function storedHashes(
  file: FoundFile,
  entry: PublishedEntry | undefined,
  torrentBytes: Uint8Array | null,
): Promise<FileHashes | null> {
  const isSame =
    entry?.sizeBytes === file.sizeBytes &&
    entry.modifiedAtMs === file.modifiedAtMs &&
    entry.pieceLengthBytes === choosePieceLength(file.sizeBytes);
  if (!isSame || torrentBytes === null) return null;
  const torrent = await readTorrent(torrentBytes, sha1).catch(() => null);
  if (torrent === null || torrent.info.infoHash !== entry.infoHash) return null;
  return { sha256: Buffer.from(entry.sha256, 'hex'), pieceHashes: torrent.info.pieceHashes };
}
