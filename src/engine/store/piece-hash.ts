import type { PieceIndex } from '../../model/ids.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

const HASH_BYTES = 20;

export type Hashed = {
  /** SHA-1: 20 bytes. */
  readonly digest: Uint8Array;
  /** The bytes that were hashed. */
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/**
 * Hashes bytes with SHA-1. They may go to another thread and come back: what was given is not to be used any more, what
 * is returned is.
 */
export type HashPiece = (bytes: Uint8Array<ArrayBuffer>) => Promise<Hashed>;

/** Whether a digest is the one that the torrent gives for a piece (BEP 3). */
export function isHashOfPiece(info: TorrentInfo, piece: PieceIndex, digest: Uint8Array): boolean {
  const at = piece * HASH_BYTES;
  for (let i = 0; i < HASH_BYTES; i++) if (digest[i] !== info.pieceHashes[at + i]) return false;
  return digest.length === HASH_BYTES;
}
