import bencode from 'bencode';
import { hexDigits } from '../engine/torrent/whole-hashes.ts';
import type { HashedFile } from './publication.ts';
import { PublishingError } from './publishing-error.ts';

/** What `created by` says in every .torrent of ours. No version: the bytes depend on the file and the site alone. */
export const CREATED_BY = 'Rivulet';

/**
 * The info dictionary of a single file, version 1; its SHA-1 is the info hash. Beside what BEP 3 asks for it has the
 * SHA-256 of the whole file, as hex digits under `sha256`: unknown keys are hashed and otherwise ignored, as `md5sum` was.
 * @throws {PublishingError} for an empty file.
 */
export function writeInfo(file: HashedFile): Uint8Array {
  if (file.sizeBytes === 0)
    throw new PublishingError(`${file.path.join('/')} is empty, and nothing can be shared of it.`);
  return bencode.encode({
    length: file.sizeBytes,
    name: file.path.at(-1),
    'piece length': file.pieceLengthBytes,
    pieces: file.pieceHashes,
    sha256: hexDigits(file.sha256),
  });
}

/**
 * A .torrent around an info dictionary. Every tracker is a tier of its own, so that all are announced to; there is no
 * date and no random part.
 * @param webSeeds addresses of the file itself, the preferred first.
 * @see BEP 3, BEP 12 (announce-list), BEP 19 (url-list).
 */
export function writeTorrent(
  infoBytes: Uint8Array,
  trackers: readonly string[],
  webSeeds: readonly string[],
): Uint8Array {
  const outer = {
    ...(trackers.length > 0 ? { announce: trackers[0], 'announce-list': trackers.map((tracker) => [tracker]) } : {}),
    'created by': CREATED_BY,
    'url-list': webSeeds,
  };
  // The info goes in as the bytes that were hashed. Keys are in order (BEP 3): info comes after "created by" and before
  // "url-list".
  const { 'url-list': urlList, ...before } = outer;
  const head = bencode.encode(before).slice(0, -1);
  const tail = bencode.encode({ 'url-list': urlList }).slice(1);
  return joined([head, new TextEncoder().encode('4:info'), infoBytes, tail]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
