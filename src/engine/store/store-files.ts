import type { FileIndex } from '../../model/ids.ts';
import { fileRangesOfSpan } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { StoreDirectory, StoreFile } from './store-directory.ts';

/** Handles kept open at a time: enough for streaming, far below what a process may hold. */
const MAX_OPEN_FILES = 64;

/** Name of a torrent's file in the store: its index, so that no name from outside ever reaches the disk. */
export const storeFileName = (file: FileIndex): string => `file-${file}`;

/**
 * The files of one torrent as one run of bytes. Files are made when their first byte is written. Padding (BEP 47) reads
 * as zeros and is never stored.
 */
export class StoreFiles {
  readonly #directory: StoreDirectory;
  readonly #info: TorrentInfo;
  /** In order of last use. */
  readonly #open = new Map<FileIndex, StoreFile>();
  readonly #unflushed = new Set<FileIndex>();

  constructor(directory: StoreDirectory, info: TorrentInfo) {
    this.#directory = directory;
    this.#info = info;
  }

  /** Writes bytes at a torrent offset. Not to be called again before it has ended. */
  async write(bytes: Uint8Array, startByte: number): Promise<void> {
    for (const range of fileRangesOfSpan(this.#info, startByte, startByte + bytes.length)) {
      const file = await this.#file(range.file);
      const from = this.#startOf(range.file) + range.startByte - startByte;
      file.write(bytes.subarray(from, from + range.endByte - range.startByte), range.startByte);
      this.#unflushed.add(range.file);
    }
  }

  /** Reads bytes at a torrent offset. Throws when they are not all there. */
  async read(startByte: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(lengthBytes);
    for (const range of fileRangesOfSpan(this.#info, startByte, startByte + lengthBytes)) {
      const file = await this.#file(range.file);
      const from = this.#startOf(range.file) + range.startByte - startByte;
      const part = bytes.subarray(from, from + range.endByte - range.startByte);
      if (file.read(part, range.startByte) !== part.length) throw new RangeError('the store has less than it should');
    }
    return bytes;
  }

  /** Returns when everything written is on the disk. */
  flush(): void {
    for (const index of this.#unflushed) this.#open.get(index)?.flush();
    this.#unflushed.clear();
  }

  /** Sizes in bytes of the files, 0 for those that were never made. */
  async sizes(): Promise<Float64Array> {
    const sizes = new Float64Array(this.#info.files.length);
    for (const file of this.#info.files) {
      if (!file.isPadding) sizes[file.index] = (await this.#directory.sizeOf(storeFileName(file.index))) ?? 0;
    }
    return sizes;
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

  async #file(index: FileIndex): Promise<StoreFile> {
    const known = this.#open.get(index);
    if (known !== undefined) {
      if (this.#open.size > 1) {
        this.#open.delete(index);
        this.#open.set(index, known);
      }
      return known;
    }
    this.#closeOldest();
    const file = await this.#directory.open(storeFileName(index));
    this.#open.set(index, file);
    return file;
  }

  #closeOldest(): void {
    if (this.#open.size < MAX_OPEN_FILES) return;
    const [index, file] = this.#open.entries().next().value as [FileIndex, StoreFile];
    if (this.#unflushed.delete(index)) file.flush();
    file.close();
    this.#open.delete(index);
  }

  #startOf(index: FileIndex): number {
    return this.#info.files[index]?.startByte ?? 0;
  }
}
