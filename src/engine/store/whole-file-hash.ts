import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { hexDigits, type WholeHash } from '../torrent/whole-hashes.ts';

const MAKERS = { md5, sha1, sha256, sha512 } as const;

/** A digest that is fed part by part: the browser's own takes a file only whole, and a film does not fit into memory. */
export type WholeFileHash = {
  /** Takes the next bytes of the file; they may be used again afterwards. */
  readonly update: (bytes: Uint8Array) => void;
  /** Lower-case hex digits of everything that was taken. To be called once, at the end. */
  readonly hex: () => string;
};

/** Begins a digest of this kind. */
export function startWholeFileHash(algorithm: WholeHash['algorithm']): WholeFileHash {
  const hash = MAKERS[algorithm].create();
  return { update: (bytes) => void hash.update(bytes), hex: () => hexDigits(hash.digest()) };
}
