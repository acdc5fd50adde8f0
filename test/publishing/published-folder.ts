import { createHash } from 'node:crypto';
import { makePublication } from '../../src/publishing/make-publication.ts';
import { choosePieceLength } from '../../src/publishing/piece-length.ts';
import type { HashedFile, Publication, Site } from '../../src/publishing/publication.ts';

/** A name with everything that some format of ours takes for a sign of its own. */
export const NASTY_NAME = `ep 42, 100% "it's" <b>&amp; $1 {x} *(ünï)*; #1?\\ [z]~!.mp4`;

export const SITE: Site = {
  baseUrl: 'https://cdn.example/media/',
  mirrorUrls: ['https://m2.example/x/', 'http://m3.example/'],
  trackers: ['wss://t.example'],
  shards: 'none',
  policy: null,
  reportUrl: null,
};

export const sha1 = async (bytes: Uint8Array): Promise<Uint8Array> => createHash('sha1').update(bytes).digest();

/** A file as a hashing program describes it. */
export function hashedFile(path: readonly string[], bytes: Uint8Array, modifiedAtMs = 0): HashedFile {
  const pieceLengthBytes = choosePieceLength(bytes.length);
  const hashes: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceLengthBytes) {
    hashes.push(
      createHash('sha1')
        .update(bytes.subarray(at, at + pieceLengthBytes))
        .digest(),
    );
  }
  return {
    path,
    sizeBytes: bytes.length,
    modifiedAtMs,
    sha256: createHash('sha256').update(bytes).digest(),
    pieceLengthBytes,
    pieceHashes: Buffer.concat(hashes),
  };
}

/** Bytes that no other length begins with, of any length. */
export function someBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = at * 31 + (at >> 8) * 7 + length;
  return bytes;
}

/** A published file, of 300,000 bytes in two pieces if nothing else is said. */
export function publication(
  path: readonly string[] = ['ep42.mp4'],
  site: Partial<Site> = {},
  bytes = someBytes(300_000),
): Promise<Publication> {
  return makePublication(hashedFile(path, bytes), { ...SITE, ...site }, sha1);
}
