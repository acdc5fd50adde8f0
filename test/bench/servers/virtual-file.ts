import { createHash } from 'node:crypto';
import { type MadeTorrent, makeTorrent } from '../../support/make-torrent.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';

/** A virtual file is this much pseudo-random data, again and again: gigabytes of it fit into memory. */
export const PATTERN_BYTES = 16 * 1_048_576;

let pattern: Uint8Array<ArrayBuffer> | null = null;

export function makePattern(): Uint8Array<ArrayBuffer> {
  pattern ??= pseudoRandomBytes(1, PATTERN_BYTES);
  return pattern;
}

export type VirtualTorrent = {
  /** Also makes the info hash a new one, so that no two samples are the same transfer. */
  readonly name: string;
  readonly lengthBytes: number;
  /** A divisor of `PATTERN_BYTES`. */
  readonly pieceLengthBytes: number;
  readonly announce?: readonly string[];
  readonly urlList?: readonly string[];
};

const hashesOf = new Map<number, Buffer>();

/** The torrent of a virtual file: the hashes of the pattern, repeated. Its payload is the pattern, once. */
export function makeVirtualTorrent({ lengthBytes, pieceLengthBytes, ...more }: VirtualTorrent): MadeTorrent {
  const pieces = virtualPieceHashes(lengthBytes, pieceLengthBytes);
  const content = new Uint8Array(0);
  const made = makeTorrent({ ...more, pieceLengthBytes, content, extraInfo: { length: lengthBytes, pieces } });
  return { ...made, pieceCount: lengthBytes / pieceLengthBytes, payload: makePattern() };
}

/**
 * SHA-1 of each piece of a virtual file, end to end.
 * @throws {RangeError} when the pieces do not fit the pattern or the file.
 */
export function virtualPieceHashes(lengthBytes: number, pieceLengthBytes: number): Buffer {
  if (PATTERN_BYTES % pieceLengthBytes !== 0 || lengthBytes % pieceLengthBytes !== 0)
    throw new RangeError('pieces must fit the pattern');
  const known = hashesOf.get(pieceLengthBytes) ?? hashPattern(pieceLengthBytes);
  hashesOf.set(pieceLengthBytes, known);
  const hashBytes = (lengthBytes / pieceLengthBytes) * 20;
  return Buffer.concat(Array.from({ length: Math.ceil(hashBytes / known.length) }, () => known)).subarray(0, hashBytes);
}

function hashPattern(pieceLengthBytes: number): Buffer {
  const whole = makePattern();
  const hashes: Buffer[] = [];
  for (let startByte = 0; startByte < PATTERN_BYTES; startByte += pieceLengthBytes) {
    const piece = whole.subarray(startByte, startByte + pieceLengthBytes);
    hashes.push(createHash('sha1').update(piece).digest());
  }
  return Buffer.concat(hashes);
}
