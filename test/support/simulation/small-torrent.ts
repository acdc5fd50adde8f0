import { createHash } from 'node:crypto';
import type { HashPiece } from '../../../src/engine/store/piece-hash.ts';
import { readTorrent } from '../../../src/engine/torrent/read-torrent.ts';
import type { TorrentInfo } from '../../../src/engine/torrent/torrent-description.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { type MadeTorrent, makeTorrent } from '../make-torrent.ts';
import { pseudoRandomBytes } from '../payload.ts';

/** Hashes where it stands: the bytes stay with the caller. */
export const hash: HashPiece = async (bytes) => ({ digest: await sha1(bytes), bytes });

/** SHA-1 as the engine's ports have it. */
export const sha1 = async (bytes: Uint8Array): Promise<Uint8Array> => createHash('sha1').update(bytes).digest();

export type SmallTorrent = {
  readonly info: TorrentInfo;
  /** All files end to end. */
  readonly payload: Uint8Array;
  readonly made: MadeTorrent;
  /** Bytes of one file. */
  readonly file: (index: number) => Uint8Array;
  readonly pieceBytes: (piece: number) => Uint8Array;
};

export type SmallTorrentInput = {
  readonly seed?: number;
  readonly name?: string;
  readonly pieceLengthBytes?: number;
  /** A single file of this length, or files by path. */
  readonly content: number | Readonly<Record<string, number>>;
  readonly padsFiles?: boolean;
  readonly announce?: readonly string[];
  readonly urlList?: readonly string[];
  readonly isPrivate?: boolean;
  /** What else is written into the entry of a file, such as hashes of the whole of it. */
  readonly describe?: (bytes: Uint8Array) => Readonly<Record<string, unknown>>;
};

/** A torrent of bytes that look random, read by our own reader. Pieces are two blocks long unless said otherwise. */
export async function smallTorrent(input: SmallTorrentInput): Promise<SmallTorrent> {
  const { seed = 1, name = 'file.bin', pieceLengthBytes = 32_768, content, describe, ...rest } = input;
  const files =
    typeof content === 'number'
      ? pseudoRandomBytes(seed, content)
      : Object.entries(content).map(([path, lengthBytes], index) => {
          const bytes = pseudoRandomBytes(seed * 1_000 + index, lengthBytes);
          return { path: path.split('/'), bytes, ...(describe === undefined ? {} : { extra: describe(bytes) }) };
        });
  const made = makeTorrent({ name, pieceLengthBytes, content: files, ...rest });
  const { info } = await readTorrent(made.torrentBytes, sha1);
  const payload = Uint8Array.from(made.payload); // a Buffer's slices would share its bytes with whoever changes them
  return {
    info,
    payload,
    made,
    file: (index) => {
      const { startByte = 0, lengthBytes = 0 } = info.files[index] ?? {};
      return payload.subarray(startByte, startByte + lengthBytes);
    },
    pieceBytes: (piece) => payload.subarray(piece * pieceLengthBytes, (piece + 1) * pieceLengthBytes),
  };
}

/** Pieces of a torrent that have this content, which may be shorter than the torrent. */
export function truePieces(info: TorrentInfo, content: Uint8Array): Set<PieceIndex> {
  const pieces = new Set<PieceIndex>();
  for (let piece = 0; piece < info.pieceCount; piece++) {
    const end = Math.min((piece + 1) * info.pieceLengthBytes, info.lengthBytes);
    if (end > content.length) continue;
    const digest = createHash('sha1')
      .update(content.subarray(piece * info.pieceLengthBytes, end))
      .digest();
    if (digest.equals(info.pieceHashes.subarray(piece * 20, piece * 20 + 20))) pieces.add(piece as PieceIndex);
  }
  return pieces;
}
