import { createHash } from 'node:crypto';
import { type MadeTorrent, makeTorrent } from '../../support/make-torrent.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';

/** A virtual file is this much pseudo-random data, again and again: gigabytes of it fit into memory. */
export const PATTERN_BYTES = 16 * 1_048_576;

export const makePattern = (): Uint8Array<ArrayBuffer> => pseudoRandomBytes(1, PATTERN_BYTES);

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

/** The torrent of a virtual file: the hashes of the pattern, repeated. */
export function makeVirtualTorrent({ lengthBytes, pieceLengthBytes, ...more }: VirtualTorrent): MadeTorrent {
  if (PATTERN_BYTES % pieceLengthBytes !== 0 || lengthBytes % pieceLengthBytes !== 0)
    throw new RangeError('pieces must fit the pattern');
  const known = hashesOf.get(pieceLengthBytes) ?? hashPattern(pieceLengthBytes);
  hashesOf.set(pieceLengthBytes, known);
  const hashBytes = (lengthBytes / pieceLengthBytes) * 20;
  const pieces = Buffer.concat(Array.from({ length: Math.ceil(hashBytes / known.length) }, () => known));
  return makeTorrent({
    ...more,
    pieceLengthBytes,
    content: new Uint8Array(0),
    extraInfo: { length: lengthBytes, pieces: pieces.subarray(0, hashBytes) },
  });
}

function hashPattern(pieceLengthBytes: number): Buffer {
  const pattern = makePattern();
  const hashes: Buffer[] = [];
  for (let startByte = 0; startByte < PATTERN_BYTES; startByte += pieceLengthBytes) {
    const piece = pattern.subarray(startByte, startByte + pieceLengthBytes);
    hashes.push(createHash('sha1').update(piece).digest());
  }
  return Buffer.concat(hashes);
}
