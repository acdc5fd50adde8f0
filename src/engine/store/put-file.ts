import type { PieceIndex } from '../../model/ids.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { VerifiedPiece } from './depot.ts';
import { WAS_HERE } from './journal.ts';
import { type HashPiece, isHashOfPiece } from './piece-hash.ts';
import { SessionJournal } from './session-journal.ts';
import type { StoreRoot } from './store-directory.ts';
import { StoreFiles } from './store-files.ts';

/** Pieces between two flushes: a crash costs what came in between. */
const FLUSH_AFTER_BYTES = 128 * 1_048_576;

export type PutRequest = {
  readonly root: StoreRoot;
  readonly info: TorrentInfo;
  /** Bytes of the torrent from `startByte`, `endByte` not included. */
  readonly read: (startByte: number, endByte: number) => Promise<Uint8Array<ArrayBuffer>>;
  readonly hash: HashPiece;
  /** Called after each piece with the bytes that are there now. */
  readonly onProgress: (bytes: number) => void;
};

/** The source has other bytes than the torrent says: it was changed after it was hashed. */
export class SourceChangedError extends Error {
  constructor() {
    super('the file was changed while it was read');
    this.name = 'SourceChangedError';
  }
}

/**
 * Puts a torrent of one file that is on this computer into the store, piece by piece, as a download would: hash, write, flush,
 * journal. What the store has of it already is left. Nobody else may have the torrent's place open meanwhile.
 * @throws {SourceChangedError}, or what the disk or the source throws; the place then has the pieces that were flushed.
 */
export async function putFile({ root, info, read, hash, onProgress }: PutRequest): Promise<void> {
  const directory = await root.directory(info.infoHash);
  const files = await StoreFiles.open(directory, info, []);
  const { journal } = await SessionJournal.open(directory, info);
  let unflushed: VerifiedPiece[] = [];
  let unflushedBytes = 0;
  const flush = () => {
    files.flush();
    journal.record(unflushed);
    unflushed = [];
    unflushedBytes = 0;
  };
  try {
    for (let index = 0, doneBytes = 0; index < info.pieceCount; index++) {
      const piece = index as PieceIndex;
      const startByte = index * info.pieceLengthBytes;
      const lengthBytes = lengthOfPiece(info, piece);
      doneBytes += lengthBytes;
      const isThere = journal.has(piece) && files.couldHold(piece);
      if (!isThere) {
        const hashed = await hash(await read(startByte, startByte + lengthBytes));
        if (!isHashOfPiece(info, piece, hashed.digest)) throw new SourceChangedError();
        await files.write(hashed.bytes, startByte);
        unflushed.push({ piece, mark: WAS_HERE, from: [] });
        unflushedBytes += lengthBytes;
        if (unflushedBytes >= FLUSH_AFTER_BYTES) flush();
      }
      onProgress(doneBytes);
    }
    flush();
  } finally {
    try {
      files.close();
    } finally {
      journal.close();
    }
  }
}
