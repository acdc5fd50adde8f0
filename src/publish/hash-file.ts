import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ChunkRing } from './chunk-ring.ts';

/** A file to be hashed, as it was found. */
export type HashJob = {
  readonly absolutePath: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly pieceLengthBytes: number;
};

export type FileHashes = { readonly sha256: Uint8Array; readonly pieceHashes: Uint8Array };

/** Divides every piece length (they are powers of two from 256 KiB on), and fits into a processor's cache. */
export const CHUNK_BYTES = 256 * 1024;

/** Another program wrote to the file while it was read. */
export class FileChangedError extends Error {
  constructor(path: string) {
    super(`${path} changed while it was read.`);
    this.name = 'FileChangedError';
  }
}

/** Both hashes of a file in one thread: each byte is read once. `onRead` is told the bytes of each chunk. */
export function hashFile(job: HashJob, onRead: (bytes: number) => void): FileHashes {
  const sha256 = createHash('sha256');
  const pieces = pieceHasher(job);
  const buffer = new Uint8Array(CHUNK_BYTES);
  readChunks(
    job,
    () => buffer,
    (chunk) => {
      sha256.update(chunk);
      pieces.update(chunk);
      onRead(chunk.length);
    },
  );
  return { sha256: sha256.digest(), pieceHashes: pieces.digests() };
}

/** The reading half of two threads: hashes the whole file and hands each chunk on. */
export function hashWhole(job: HashJob, ring: ChunkRing, onRead: (bytes: number) => void): Uint8Array {
  const sha256 = createHash('sha256');
  readChunks(job, ring.free, (chunk) => {
    ring.publish(chunk.length);
    sha256.update(chunk);
    onRead(chunk.length);
  });
  ring.end();
  return sha256.digest();
}

/** The other half: hashes the pieces of what is handed on. */
export function hashPieces(job: HashJob, ring: ChunkRing): Uint8Array {
  const pieces = pieceHasher(job);
  for (let chunk = ring.next(); chunk !== null; chunk = ring.next()) {
    pieces.update(chunk);
    ring.release();
  }
  return pieces.digests();
}

/** Hashes pieces of chunks that never lie across the end of one. */
function pieceHasher({ pieceLengthBytes, sizeBytes }: HashJob) {
  const hashes = new Uint8Array(Math.ceil(sizeBytes / pieceLengthBytes) * 20);
  let piece = 0;
  let filledBytes = 0;
  let current: Hash = createHash('sha1');
  const finish = () => {
    hashes.set(current.digest(), piece * 20);
    piece += 1;
    filledBytes = 0;
    current = createHash('sha1');
  };
  return {
    update(chunk: Uint8Array): void {
      current.update(chunk);
      filledBytes += chunk.length;
      if (filledBytes === pieceLengthBytes) finish();
    },
    digests(): Uint8Array {
      if (filledBytes > 0) finish();
      return hashes;
    },
  };
}

/**
 * Reads a file from its start, whole chunks but the last.
 * @throws {FileChangedError} when it is not, or does not stay, what the job says.
 */
function readChunks(job: HashJob, freeBuffer: () => Uint8Array, onChunk: (chunk: Uint8Array) => void): void {
  const file = openSync(job.absolutePath, 'r');
  try {
    checkUnchanged(file, job);
    for (let at = 0; at < job.sizeBytes; ) {
      const chunk = freeBuffer().subarray(0, Math.min(CHUNK_BYTES, job.sizeBytes - at));
      for (let filled = 0; filled < chunk.length; ) {
        const bytes = readSync(file, chunk, filled, chunk.length - filled, at + filled);
        if (bytes === 0) throw new FileChangedError(job.absolutePath);
        filled += bytes;
      }
      onChunk(chunk);
      at += chunk.length;
    }
    checkUnchanged(file, job);
  } finally {
    closeSync(file);
  }
}

function checkUnchanged(file: number, { absolutePath, sizeBytes, modifiedAtMs }: HashJob): void {
  const { size, mtimeMs } = fstatSync(file);
  if (size !== sizeBytes || mtimeMs !== modifiedAtMs) throw new FileChangedError(absolutePath);
}
