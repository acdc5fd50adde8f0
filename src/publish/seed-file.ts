import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { lengthOfPiece } from '../engine/torrent/piece-length.ts';
import type { TorrentInfo } from '../engine/torrent/torrent-description.ts';
import type { PieceIndex } from '../model/ids.ts';
import type { Seed } from './find-seeds.ts';
import { FileChangedError } from './hash-file.ts';

/** A published file that is open for reading and was found to be what its .torrent describes. */
export type SeedFile = {
  /** @throws {FileChangedError} when the file was written to since it was opened: its bytes are nobody's any more. */
  readonly read: (piece: PieceIndex, offset: number, lengthBytes: number) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
};

const CHUNK_BYTES = 1 << 20;

/**
 * Opens a file and compares every piece of it with its .torrent; null when one is another. A file that is replaced later
 * stays as it was for whoever has it open.
 * @throws when it cannot be read, or `signal` aborts.
 */
export async function openSeedFile({ absolutePath, info }: Seed, signal: AbortSignal): Promise<SeedFile | null> {
  const handle = await open(absolutePath, 'r');
  let isKept = false;
  try {
    const { mtimeMs, size } = await handle.stat();
    const readAt = async (startByte: number, lengthBytes: number) => {
      const bytes = new Uint8Array(lengthBytes);
      const { bytesRead } = await handle.read(bytes, 0, lengthBytes, startByte);
      const now = await handle.stat();
      if (bytesRead < lengthBytes || now.mtimeMs !== mtimeMs || now.size !== size) {
        throw new FileChangedError(absolutePath);
      }
      return bytes;
    };
    if (size !== info.lengthBytes || !(await areAllRight(info, readAt, signal))) return null;
    isKept = true;
    return {
      read: (piece, offset, lengthBytes) => readAt(piece * info.pieceLengthBytes + offset, lengthBytes),
      close: () => handle.close(),
    };
  } finally {
    if (!isKept) await handle.close();
  }
}

async function areAllRight(
  info: TorrentInfo,
  readAt: (startByte: number, lengthBytes: number) => Promise<Uint8Array>,
  signal: AbortSignal,
): Promise<boolean> {
  for (let piece = 0; piece < info.pieceCount; piece += 1) {
    const hash = createHash('sha1');
    const start = piece * info.pieceLengthBytes;
    const end = start + lengthOfPiece(info, piece as PieceIndex);
    for (let at = start; at < end; at += CHUNK_BYTES) {
      signal.throwIfAborted();
      hash.update(await readAt(at, Math.min(CHUNK_BYTES, end - at)));
    }
    if (!hash.digest().equals(info.pieceHashes.subarray(piece * 20, (piece + 1) * 20))) return false;
  }
  return true;
}
