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

/** What became of a piece. `absent`: the source lacks bytes of it; `differs`: it has others than the torrent says. */
export type PutVerdict = 'was-here' | 'put' | 'absent' | 'differs';

export type PutPiecesRequest = {
  readonly root: StoreRoot;
  readonly info: TorrentInfo;
  /** Bytes of the torrent from `startByte`, `endByte` not included; null when the source does not have them all. */
  readonly read: (startByte: number, endByte: number) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly hash: HashPiece;
  /** Called after each piece with the bytes of the torrent that were looked at. What it throws ends the work. */
  readonly onPiece: (piece: PieceIndex, verdict: PutVerdict, doneBytes: number) => void;
};

/**
 * Puts what a source on this computer has of a torrent into the store, piece by piece, as a download would: hash, write,
 * flush, journal. What the store has already is left. Nobody else may have the torrent's place open meanwhile.
 * @throws what the disk, the source or `onPiece` throws; the place then has the pieces that were flushed.
 */
export async function putPieces({ root, info, read, hash, onPiece }: PutPiecesRequest): Promise<void> {
  const directory = await root.directory(info.infoHash);
  const files = await StoreFiles.open(directory, info, []);
  const { journal, wasWhole } = await SessionJournal.open(directory, info);
  let unflushed: VerifiedPiece[] = [];
  let unflushedBytes = 0;
  const flush = () => {
    files.flush();
    journal.record(unflushed);
    unflushed = [];
    unflushedBytes = 0;
  };
  const put = async (piece: PieceIndex): Promise<PutVerdict> => {
    if (journal.has(piece) && files.couldHold(piece)) return 'was-here';
    const startByte = piece * info.pieceLengthBytes;
    const bytes = await read(startByte, startByte + lengthOfPiece(info, piece));
    if (bytes === null) return 'absent';
    const hashed = await hash(bytes);
    if (!isHashOfPiece(info, piece, hashed.digest)) return 'differs';
    await files.write(hashed.bytes, startByte);
    unflushed.push({ piece, mark: WAS_HERE, from: [] });
    unflushedBytes += hashed.bytes.length;
    if (unflushedBytes >= FLUSH_AFTER_BYTES) flush();
    return 'put';
  };
  try {
    // Every file may be written now, and so what lay aside of one that was not wanted has to be at home.
    if (wasWhole) await files.bringHome((piece) => journal.has(piece));
    let doneBytes = 0;
    for (let index = 0; index < info.pieceCount; index++) {
      const piece = index as PieceIndex;
      const verdict = await put(piece);
      doneBytes += lengthOfPiece(info, piece);
      onPiece(piece, verdict, doneBytes);
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
