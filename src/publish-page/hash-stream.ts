import { startWholeFileHash } from '../engine/store/whole-file-hash.ts';
import { type Hashes, JobError } from './publish-job.ts';

const SHA1_BYTES = 20;

export type HashStreamOptions = {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What the source is known to have. */
  readonly sizeBytes: number;
  readonly pieceLengthBytes: number;
  readonly sha1: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  /** Called with all bytes so far. */
  readonly onProgress: (bytes: number) => void;
};

/**
 * Both hashes of a file that is read once, from start to end: SHA-1 of each piece (BEP 3) and SHA-256 of the whole. Two
 * pieces are in memory at the most.
 * @throws {JobError} `source-changed` when there is more or less of it than is known.
 */
export async function hashStream(options: HashStreamOptions): Promise<Hashes> {
  const { chunks, sizeBytes, pieceLengthBytes, sha1, onProgress } = options;
  const pieceHashes = new Uint8Array(Math.ceil(sizeBytes / pieceLengthBytes) * SHA1_BYTES);
  const whole = startWholeFileHash('sha256');
  let piece = new Uint8Array(Math.min(pieceLengthBytes, sizeBytes));
  let inPiece = 0;
  let nth = 0;
  let bytes = 0;
  let pending: Promise<void> = Promise.resolve();
  const finishPiece = async () => {
    const [full, at] = [piece.subarray(0, inPiece), nth * SHA1_BYTES];
    await pending; // one ahead: the next piece is read while this one is hashed
    pending = sha1(full).then((digest) => pieceHashes.set(digest, at));
    piece = new Uint8Array(Math.min(pieceLengthBytes, Math.max(sizeBytes - bytes, 0)));
    inPiece = 0;
    nth += 1;
  };
  for await (const chunk of chunks) {
    if (bytes + chunk.length > sizeBytes) throw new JobError({ code: 'source-changed' });
    whole.update(chunk);
    for (let at = 0; at < chunk.length; ) {
      const take = Math.min(chunk.length - at, piece.length - inPiece);
      piece.set(chunk.subarray(at, at + take), inPiece);
      inPiece += take;
      at += take;
      bytes += take;
      if (inPiece === piece.length) await finishPiece();
    }
    onProgress(bytes);
  }
  if (bytes !== sizeBytes) throw new JobError({ code: 'source-changed' });
  await pending;
  return { sha256: bytesOfHex(whole.hex()), pieceHashes };
}

const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
