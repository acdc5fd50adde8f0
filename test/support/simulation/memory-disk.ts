import type { StoreDirectory, StoreFile, StoreRoot } from '../../../src/engine/store/store-directory.ts';

export type DiskOperation = {
  readonly name: 'open' | 'read' | 'write' | 'flush' | 'close';
  readonly file: string;
  readonly atByte: number;
  readonly lengthBytes: number;
};

type Write = { readonly bytes: Uint8Array<ArrayBuffer>; readonly atByte: number };
type StoredFile = { durable: Uint8Array; unflushed: Write[]; isOpen: boolean };

/** Thrown by every operation from the one at which the power failed. */
export class PowerLost extends Error {}
/** What a browser throws when its quota is used up. */
export class DiskFull extends Error {}

/**
 * A disk in memory that behaves like the cruel ones: what was not flushed may be there after a power cut or not, each
 * write for itself and in any part.
 */
export class MemoryDisk implements StoreRoot {
  /** What stands between a store and its files. */
  readonly #wrap: (file: StoreFile) => StoreFile;
  readonly operations: DiskOperation[] = [];
  /** Operations that still succeed before the power fails. */
  operationsLeft = Number.POSITIVE_INFINITY;
  /** Bytes that can still be written before the disk is full. */
  roomBytes = Number.POSITIVE_INFINITY;
  /** Writes for which there was no room. */
  refused = 0;
  readonly #directories = new Map<string, Map<string, StoredFile>>();

  constructor(wrap: (file: StoreFile) => StoreFile = (file) => file) {
    this.#wrap = wrap;
  }

  async directory(infoHash: string): Promise<StoreDirectory> {
    const files = this.#filesOf(infoHash);
    return {
      open: async (name) => {
        this.#did('open', name, 0, 0);
        const file = files.get(name) ?? { durable: new Uint8Array(0), unflushed: [], isOpen: false };
        if (file.isOpen) throw new Error(`${name} is open already`); // as sync access handles have it
        file.isOpen = true;
        files.set(name, file);
        return this.#wrap(this.#handle(name, file));
      },
      sizes: async () => new Map([...files].map(([name, file]) => [name, sizeOf(file)])),
    };
  }

  async remove(infoHash: string): Promise<void> {
    this.#directories.delete(infoHash);
  }

  async places(): Promise<{ name: string; bytes: number }[]> {
    return [...this.#directories].map(([name, files]) => ({
      name,
      bytes: [...files.values()].reduce((sum, file) => sum + sizeOf(file), 0),
    }));
  }

  /** Content of one file as its reader sees it now; null when there is none. */
  contentOf(infoHash: string, name: string): Uint8Array<ArrayBuffer> | null {
    const file = this.#directories.get(infoHash)?.get(name);
    return file === undefined ? null : contentOf(file);
  }

  hasTorrent(infoHash: string): boolean {
    return this.#directories.has(infoHash);
  }

  fileNames(infoHash: string): string[] {
    return [...(this.#directories.get(infoHash)?.keys() ?? [])].sort();
  }

  /** Puts a file there, or takes it away, behind the store's back. */
  tamper(infoHash: string, name: string, content: Uint8Array | null): void {
    const files = this.#filesOf(infoHash);
    if (content === null) files.delete(name);
    else files.set(name, { durable: content.slice(), unflushed: [], isOpen: false });
  }

  /**
   * The disk as it is found after a power cut. `chance` gives numbers from 0 to 1 and decides the fate of every write
   * that was not flushed: lost, kept, or kept in part.
   */
  afterPowerCut(chance: () => number): MemoryDisk {
    const found = new MemoryDisk();
    for (const [infoHash, files] of this.#directories) {
      for (const [name, { durable, unflushed }] of files) {
        const survivors = unflushed.flatMap(({ bytes, atByte }) => {
          const fate = chance();
          if (fate < 0.4) return [];
          return [{ bytes: fate < 0.7 ? bytes : bytes.slice(0, Math.floor(chance() * bytes.length)), atByte }];
        });
        found.tamper(infoHash, name, contentOf({ durable, unflushed: survivors, isOpen: false }));
      }
    }
    return found;
  }

  #handle(name: string, file: StoredFile): StoreFile {
    return {
      sizeBytes: () => sizeOf(file),
      read: (into, atByte) => {
        this.#did('read', name, atByte, into.length);
        const found = contentOf(file).subarray(atByte, atByte + into.length);
        into.set(found);
        return found.length;
      },
      write: (bytes, atByte) => {
        this.#did('write', name, atByte, bytes.length);
        if (bytes.length > this.roomBytes) {
          this.refused += 1;
          throw new DiskFull('the disk is full');
        }
        this.roomBytes -= bytes.length;
        file.unflushed.push({ bytes: bytes.slice(), atByte });
      },
      flush: () => {
        this.#did('flush', name, 0, 0);
        file.durable = contentOf(file);
        file.unflushed = [];
      },
      close: () => {
        this.#did('close', name, 0, 0);
        file.isOpen = false;
      },
    };
  }

  #did(name: DiskOperation['name'], file: string, atByte: number, lengthBytes: number): void {
    if (this.operationsLeft <= 0) throw new PowerLost('the power failed');
    this.operationsLeft -= 1;
    this.operations.push({ name, file, atByte, lengthBytes });
  }

  #filesOf(infoHash: string): Map<string, StoredFile> {
    const files = this.#directories.get(infoHash) ?? new Map<string, StoredFile>();
    this.#directories.set(infoHash, files);
    return files;
  }
}

const sizeOf = ({ durable, unflushed }: StoredFile): number =>
  Math.max(durable.length, ...unflushed.map(({ bytes, atByte }) => (bytes.length === 0 ? 0 : atByte + bytes.length)));

function contentOf(file: StoredFile): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(sizeOf(file));
  content.set(file.durable);
  for (const { bytes, atByte } of file.unflushed) content.set(bytes, atByte);
  return content;
}
