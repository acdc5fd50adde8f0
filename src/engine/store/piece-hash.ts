import type { PieceIndex } from '../../model/ids.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

const HASH_BYTES = 20;

/** Hashes bytes with SHA-1: 20 bytes. */
export type Sha1 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** Whether a digest is the one that the torrent gives for a piece (BEP 3). */
export function isHashOfPiece(info: TorrentInfo, piece: PieceIndex, digest: Uint8Array): boolean {
  const at = piece * HASH_BYTES;
  for (let i = 0; i < HASH_BYTES; i++) if (digest[i] !== info.pieceHashes[at + i]) return false;
  return digest.length === HASH_BYTES;
}
