import type { PieceIndex } from '../../model/ids.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { VerifiedPiece } from './depot.ts';
import { MISSING, WAS_HERE } from './journal.ts';
import { type HashPiece, isHashOfPiece } from './piece-hash.ts';
import type { SessionJournal } from './session-journal.ts';
import { StoreError } from './store-error.ts';

/** What was found is written down, and told, after so many pieces. */
const TELL_AFTER_PIECES = 64;
/** Pieces in memory: one is read while another is hashed. */
const AT_A_TIME = 2;

export type CheckPorts = {
  readonly info: TorrentInfo;
  readonly journal: SessionJournal;
  readonly hash: HashPiece;
  /** Bytes of a piece as the files have them; rejects when they are not all there. */
  readonly read: (piece: PieceIndex) => Promise<Uint8Array<ArrayBuffer>>;
  /** Whether the files are being closed: then nothing can be found out any more. */
  readonly isStopped: () => boolean;
  /** Called with the new marks of pieces that were looked at, in order. */
  readonly onChecked?: (pieces: readonly VerifiedPiece[]) => void;
};

/**
 * Hashes pieces as they are on the disk and sets their marks by what is found: what does not match is missing from then
 * on, what matches without a mark was here, and who brought the others is still known.
 * @throws {StoreError} when it is stopped; pieces that it had not come to keep their marks.
 */
export async function checkPieces(pieces: Iterable<PieceIndex>, ports: CheckPorts): Promise<void> {
  const { journal, isStopped, onChecked } = ports;
  const hashing: { readonly piece: PieceIndex; readonly isRight: Promise<boolean> }[] = [];
  let found: VerifiedPiece[] = [];
  const tell = () => {
    if (found.length === 0) return;
    journal.record(found);
    onChecked?.(found);
    found = [];
  };
  const settleOldest = async () => {
    const oldest = hashing.shift();
    if (oldest === undefined) return;
    const isRight = await oldest.isRight;
    // A file that was closed in the middle of a read says nothing about its bytes.
    if (isStopped()) throw new StoreError({ code: 'store-failed', reason: 'the check was stopped' });
    const mark = isRight ? journal.marks[oldest.piece] || WAS_HERE : MISSING;
    found.push({ piece: oldest.piece, mark, from: [] });
    if (found.length >= TELL_AFTER_PIECES) tell();
  };
  for (const piece of pieces) {
    hashing.push({ piece, isRight: hashesRight(piece, ports) });
    if (hashing.length >= AT_A_TIME) await settleOldest();
  }
  while (hashing.length > 0) await settleOldest();
  tell();
}

async function hashesRight(piece: PieceIndex, { info, read, hash }: CheckPorts): Promise<boolean> {
  try {
    const bytes = await read(piece);
    if (bytes.length !== lengthOfPiece(info, piece)) return false;
    return isHashOfPiece(info, piece, (await hash(bytes)).digest);
  } catch {
    return false;
  }
}
