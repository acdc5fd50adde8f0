import type { PieceIndex } from '../../model/ids.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { VerifiedPiece } from './depot.ts';
import { JOURNAL_HEADER_BYTES, MISSING, marksOfJournal, newJournal } from './journal.ts';
import type { StoreDirectory, StoreFile } from './store-directory.ts';

const JOURNAL_NAME = 'journal';
/** Marks between two that changed are written again when there are no more of them: each write has its price. */
const GAP_BYTES = 4_096;

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
    try {
      return SessionJournal.#read(file, info);
    } catch (error) {
      file.close(); // left open, it could not be opened at the next try
      throw error;
    }
  }

  static #read(file: StoreFile, info: TorrentInfo): { journal: SessionJournal; wasWhole: boolean } {
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
    const changed = pieces.map(({ piece }) => piece).sort((a, b) => a - b);
    for (const { piece, mark } of pieces) this.marks[piece] = mark;
    for (let from = 0; from < changed.length; ) {
      const first = changed[from] ?? 0;
      let last = first;
      for (; from < changed.length && (changed[from] ?? 0) - last <= GAP_BYTES; from++) last = changed[from] ?? 0;
      this.#file.write(this.marks.subarray(first, last + 1), JOURNAL_HEADER_BYTES + first);
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
