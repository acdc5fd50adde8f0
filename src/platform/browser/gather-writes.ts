import type { StoreFile } from '../../engine/store/store-directory.ts';

const GATHERED_BYTES = 1_048_576;
/** What is longer is written as it comes: there is no second of its kind to put beside it. */
const SMALL_BYTES = GATHERED_BYTES / 2;
/** As many as streams usually bring at a time. */
const STRETCHES_OF_FILE = 4;
const MAX_BUFFERS = 16;

/** Where writes are gathered, for all files of a store: 16 MiB, and no more than are needed. */
export class WriteBuffers {
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  #made = 0;

  take(): Uint8Array<ArrayBuffer> | null {
    const free = this.#free.pop();
    if (free !== undefined || this.#made === MAX_BUFFERS) return free ?? null;
    this.#made += 1;
    return new Uint8Array(GATHERED_BYTES);
  }

  giveBack(buffer: Uint8Array<ArrayBuffer>): void {
    this.#free.push(buffer);
  }
}

type Stretch = { readonly startByte: number; readonly buffer: Uint8Array<ArrayBuffer>; lengthBytes: number };

/**
 * A file that gathers small writes to neighbouring places and writes them together: at the latest when they are to be read
 * or flushed. What could not be written is kept, so that each flush throws until it could.
 */
export function gatherWrites(file: StoreFile, buffers: WriteBuffers): StoreFile {
  const stretches: Stretch[] = []; // the oldest first

  const put = (stretch: Stretch): void => {
    file.write(stretch.buffer.subarray(0, stretch.lengthBytes), stretch.startByte);
    drop(stretch);
  };
  const drop = (stretch: Stretch): void => {
    stretches.splice(stretches.indexOf(stretch), 1);
    buffers.giveBack(stretch.buffer);
  };
  const putAll = (which: (stretch: Stretch) => boolean = () => true): void => {
    for (const stretch of stretches.filter(which)) put(stretch);
  };
  const isWithin =
    (startByte: number, endByte: number) =>
    (stretch: Stretch): boolean =>
      stretch.startByte < endByte && stretch.startByte + stretch.lengthBytes > startByte;

  return {
    sizeBytes: () => {
      putAll();
      return file.sizeBytes();
    },
    read: (into, atByte) => {
      putAll(isWithin(atByte, atByte + into.length));
      const read = file.read(into, atByte);
      if (read === into.length || stretches.length === 0) return read;
      putAll(); // the file may only seem to end here
      return file.read(into, atByte);
    },
    write: (bytes, atByte) => {
      putAll(isWithin(atByte, atByte + bytes.length));
      const before = stretches.find(({ startByte, lengthBytes }) => startByte + lengthBytes === atByte);
      if (before !== undefined && before.lengthBytes + bytes.length <= GATHERED_BYTES) {
        before.buffer.set(bytes, before.lengthBytes);
        before.lengthBytes += bytes.length;
        return before.lengthBytes === GATHERED_BYTES ? put(before) : undefined;
      }
      if (before !== undefined) put(before);
      if (bytes.length > SMALL_BYTES) return file.write(bytes, atByte);
      if (stretches.length === STRETCHES_OF_FILE) put(stretches[0] as Stretch);
      const buffer = buffers.take();
      if (buffer === null) return file.write(bytes, atByte);
      buffer.set(bytes);
      stretches.push({ startByte: atByte, buffer, lengthBytes: bytes.length });
    },
    flush: () => {
      putAll();
      file.flush();
    },
    close: () => {
      for (const stretch of [...stretches]) drop(stretch);
      file.close();
    },
  };
}
