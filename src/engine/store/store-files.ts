import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import { type FileRange, fileRangesOfPiece, fileRangesOfSpan } from '../torrent/file-ranges.ts';
import { type FileSpans, isInSpans } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { StoreDirectory, StoreFile } from './store-directory.ts';

/** Handles kept open at a time: enough for streaming, far below what a process may hold. */
const MAX_OPEN_FILES = 64;

/** Name of a torrent's file in the store: its index, so that no name from outside ever reaches the disk. */
export const storeFileName = (file: FileIndex): string => `file-${file}`;

/** What a piece holds of files that nobody wants lies aside, at its place within the piece. */
const sidePieceName = (piece: number): string => `piece-${piece}`;
const SIDE_PIECE = /^piece-(\d+)$/;

/** A stretch of bytes in one file of the store. */
type Place = {
  readonly name: string;
  readonly atByte: number;
  /** Where it is among the bytes that are read or written. */
  readonly from: number;
  readonly lengthBytes: number;
};

/**
 * The files of one torrent as one run of bytes. Files are made when their first byte is written. Padding (BEP 47) reads
 * as zeros and is never stored. A file that is skipped is never made: what a piece on its border holds of it goes to a
 * file of that piece, so that an unwanted file takes no more room than that.
 */
export class StoreFiles {
  readonly #directory: StoreDirectory;
  readonly #info: TorrentInfo;
  readonly #skipped: FileSpans;
  /** As they were when the store was opened. */
  readonly #sizes: Map<string, number>;
  /** In order of last use. */
  readonly #open = new Map<string, StoreFile>();
  readonly #unflushed = new Set<string>();

  private constructor(directory: StoreDirectory, info: TorrentInfo, skipped: FileSpans, sizes: Map<string, number>) {
    this.#directory = directory;
    this.#info = info;
    this.#skipped = skipped;
    this.#sizes = sizes;
  }

  /** @param skipped Files that are not wanted now; what is there of them stays where it is. */
  static async open(directory: StoreDirectory, info: TorrentInfo, skipped: FileSpans): Promise<StoreFiles> {
    return new StoreFiles(directory, info, skipped, await directory.sizes());
  }

  /**
   * Brings home what lay aside of files that are wanted now. To be called once, before anything is read.
   * @param isHere Whether a piece is verified.
   */
  async bringHome(isHere: (piece: PieceIndex) => boolean): Promise<void> {
    for (const [name, sizeBytes] of [...this.#sizes]) {
      const piece = Number(SIDE_PIECE.exec(name)?.[1] ?? -1) as PieceIndex;
      if (piece < 0 || piece >= this.#info.pieceCount || !isHere(piece)) continue;
      for (const range of fileRangesOfPiece(this.#info, piece)) {
        const atByte = this.#torrentByte(range) - piece * this.#info.pieceLengthBytes;
        const lengthBytes = range.endByte - range.startByte;
        if (this.#isAside(range.file) || atByte + lengthBytes > sizeBytes) continue;
        const bytes = new Uint8Array(lengthBytes);
        (await this.#file(name)).read(bytes, atByte);
        // A side file has what was aside when it was written; what it never held reads as zeros and is at home already.
        if (bytes.every((byte) => byte === 0)) continue;
        await this.write(bytes, this.#torrentByte(range));
        const home = storeFileName(range.file);
        this.#sizes.set(home, Math.max(this.#sizes.get(home) ?? 0, range.endByte));
      }
    }
    this.flush();
  }

  /** Whether the files are long enough to hold a piece, as they were when the store was opened. */
  couldHold(piece: PieceIndex): boolean {
    return fileRangesOfPiece(this.#info, piece).every((range) =>
      this.#placesOf(range, 0).every(
        ({ name, atByte, lengthBytes }) => (this.#sizes.get(name) ?? 0) >= atByte + lengthBytes,
      ),
    );
  }

  /** Writes bytes at a torrent offset. Not to be called again before it has ended. */
  async write(bytes: Uint8Array, startByte: number): Promise<void> {
    for (const { name, atByte, from, lengthBytes } of this.#places(startByte, bytes.length)) {
      (await this.#file(name)).write(bytes.subarray(from, from + lengthBytes), atByte);
      this.#unflushed.add(name);
    }
  }

  /** Reads bytes at a torrent offset. Throws when they are not all there. */
  async read(startByte: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(lengthBytes);
    for (const place of this.#places(startByte, lengthBytes)) {
      const part = bytes.subarray(place.from, place.from + place.lengthBytes);
      const read = (await this.#file(place.name)).read(part, place.atByte);
      if (read !== part.length) throw new RangeError('the store has less than it should');
    }
    return bytes;
  }

  /** Returns when everything written is on the disk. */
  flush(): void {
    for (const name of this.#unflushed) this.#open.get(name)?.flush();
    this.#unflushed.clear();
  }

  /** Lets go of every file, also when what was written cannot be flushed any more. */
  close(): void {
    try {
      this.flush();
    } finally {
      for (const file of this.#open.values()) file.close();
      this.#open.clear();
    }
  }

  #places(startByte: number, lengthBytes: number): Place[] {
    const ranges = fileRangesOfSpan(this.#info, startByte, startByte + lengthBytes);
    return ranges.flatMap((range) => this.#placesOf(range, startByte));
  }

  #placesOf(range: FileRange, startByte: number): Place[] {
    const first = this.#torrentByte(range);
    const end = first + range.endByte - range.startByte;
    if (!this.#isAside(range.file)) {
      const home = { name: storeFileName(range.file), atByte: range.startByte };
      return [{ ...home, from: first - startByte, lengthBytes: end - first }];
    }
    const { pieceLengthBytes } = this.#info;
    const places: Place[] = [];
    for (let at = first; at < end; ) {
      const piece = Math.floor(at / pieceLengthBytes);
      const lengthBytes = Math.min(end, (piece + 1) * pieceLengthBytes) - at;
      const atByte = at - piece * pieceLengthBytes;
      places.push({ name: sidePieceName(piece), atByte, from: at - startByte, lengthBytes });
      at += lengthBytes;
    }
    return places;
  }

  /** A file that was begun before it was skipped stays a file. */
  #isAside(file: FileIndex): boolean {
    return isInSpans(this.#skipped, file) && !this.#sizes.has(storeFileName(file));
  }

  async #file(name: string): Promise<StoreFile> {
    const known = this.#open.get(name);
    if (known !== undefined) {
      if (this.#open.size > 1) {
        this.#open.delete(name);
        this.#open.set(name, known);
      }
      return known;
    }
    this.#closeOldest();
    const file = await this.#directory.open(name);
    this.#open.set(name, file);
    return file;
  }

  #closeOldest(): void {
    if (this.#open.size < MAX_OPEN_FILES) return;
    const [name, file] = this.#open.entries().next().value as [string, StoreFile];
    if (this.#unflushed.has(name)) file.flush(); // when it cannot, it is not to pass for flushed
    this.#unflushed.delete(name);
    this.#open.delete(name);
    file.close();
  }

  #torrentByte({ file, startByte }: FileRange): number {
    return (this.#info.files[file]?.startByte ?? 0) + startByte;
  }
}
