import type { FileIndex } from '../../model/ids.ts';
import type { BencodeDictionary, BencodeValue } from './bencode-reader.ts';

/** Digest of a whole file, as some torrents give it beside the piece hashes, and Metalinks and origins too. */
export type WholeHash = {
  readonly algorithm: 'sha256' | 'sha512' | 'sha1' | 'md5';
  /** Lower-case hex digits. */
  readonly hex: string;
};

/** Hashes of a file that are known from elsewhere than its torrent, the strongest first. */
export type HashesOfFile = { readonly file: FileIndex; readonly hashes: readonly WholeHash[] };

/** Keys under which makers of torrents write them, the hash that is hardest to forge first. */
const KEYS = [
  { key: 'sha256', algorithm: 'sha256', lengthBytes: 32 },
  { key: 'sha1', algorithm: 'sha1', lengthBytes: 20 },
  { key: 'md5', algorithm: 'md5', lengthBytes: 16 },
  { key: 'md5sum', algorithm: 'md5', lengthBytes: 16 },
] as const;

/**
 * The whole-file hashes of a file's entry, or of the info dictionary of a single file; the strongest first, one for each
 * algorithm. They are written as hex digits or as raw bytes; what has another form is ignored, for nothing depends on it.
 * @see BEP 3 as it was before 2008 (`md5sum`); torrents of the Internet Archive carry `md5` and `sha1`.
 */
export function readWholeHashes(entry: BencodeDictionary): readonly WholeHash[] {
  const hashes: WholeHash[] = [];
  for (const { key, algorithm, lengthBytes } of KEYS) {
    const hex = hexOf(entry.get(key)?.value, lengthBytes);
    if (hex !== null && hashes.every((known) => known.algorithm !== algorithm)) hashes.push({ algorithm, hex });
  }
  return hashes;
}

function hexOf(value: BencodeValue | undefined, lengthBytes: number): string | null {
  if (!(value instanceof Uint8Array)) return null;
  if (value.length === lengthBytes) return hexDigits(value);
  if (value.length !== 2 * lengthBytes) return null;
  const text = String.fromCharCode(...value);
  return /^[\da-f]+$/i.test(text) ? text.toLowerCase() : null;
}

/** Bytes as lower-case hex digits, two each. */
export function hexDigits(bytes: Uint8Array): string {
  let digits = '';
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  return digits;
}
