import type { PieceIndex } from '../../model/ids.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { VerifiedPiece } from './depot.ts';
import { JOURNAL_HEADER_BYTES, MISSING, marksOfJournal, newJournal } from './journal.ts';
import type { StoreDirectory, StoreFile } from './store-directory.ts';

const JOURNAL_NAME = 'journal';

/** The journal of one torrent on disk: which pieces are there, and who brought them. */
export class SessionJournal {
  readonly marks: Uint8Array;
  readonly #file: StoreFile;

  private constructor(file: StoreFile, marks: Uint8Array) {
    this.#file = file;
    this.marks = marks;
  }

  /** Opens the journal; one that is torn, or of another torrent, is begun anew and `wasWhole` is false. */
  static async open(
    directory: StoreDirectory,
    info: TorrentInfo,
  ): Promise<{ journal: SessionJournal; wasWhole: boolean }> {
    const file = await directory.open(JOURNAL_NAME);
    const bytes = new Uint8Array(file.sizeBytes());
    file.read(bytes, 0);
    const marks = marksOfJournal(bytes, info.infoHash, info.pieceCount);
    if (marks !== null) return { journal: new SessionJournal(file, marks), wasWhole: true };
    file.write(newJournal(info.infoHash, info.pieceCount), 0);
    file.flush();
    return { journal: new SessionJournal(file, new Uint8Array(info.pieceCount)), wasWhole: bytes.length === 0 };
  }

  /** Writes marks down. To be called only when the pieces themselves are on the disk. */
  record(pieces: readonly VerifiedPiece[]): void {
    for (const { piece, mark } of pieces) {
      this.marks[piece] = mark;
      this.#file.write(Uint8Array.of(mark), JOURNAL_HEADER_BYTES + piece);
    }
    this.#file.flush();
  }

  has(piece: PieceIndex): boolean {
    return this.marks[piece] !== MISSING;
  }

  close(): void {
    this.#file.close();
  }
}
