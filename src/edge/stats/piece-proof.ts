import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { PublishedFile } from '../published-file.ts';

const CHUNK_BYTES = 1 << 18;

export const pieceCountOf = ({ sizeBytes, pieceLengthBytes }: PublishedFile): number =>
  Math.ceil(sizeBytes / pieceLengthBytes);

/**
 * SHA-256, in hex, of a nonce's bytes and those of some pieces, in their order: what somebody who has the file can say,
 * and nobody else. Reads only these pieces. Null when the file is not there as it was published.
 */
export async function proofOf(file: PublishedFile, nonce: string, pieces: readonly number[]): Promise<string | null> {
  if (file.localPath === null) return null;
  const handle = await open(file.localPath, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    if ((await handle.stat()).size !== file.sizeBytes) return null;
    const hash = createHash('sha256').update(Buffer.from(nonce, 'hex'));
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (const piece of pieces) {
      const end = Math.min((piece + 1) * file.pieceLengthBytes, file.sizeBytes);
      for (let at = piece * file.pieceLengthBytes; at < end; ) {
        const { bytesRead } = await handle.read(chunk, 0, Math.min(CHUNK_BYTES, end - at), at);
        if (bytesRead === 0) return null; // it was cut short while it was read
        hash.update(chunk.subarray(0, bytesRead));
        at += bytesRead;
      }
    }
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}
