/** As much is read at a time: most of what lies between texts is jumped over. */
const WINDOW_BYTES = 65_536;
/** No table of a file is read that is larger than this. */
export const MAX_TABLE_BYTES = 8 * 1_048_576;

/** A file of which only some is here. Nothing in this makes more of it come. */
export type PartlyHere = {
  readonly lengthBytes: number;
  /** Up to where bytes are here in a row from this one on; the same place when it is not. */
  readonly hereUntil: (byte: number) => number;
  /** Reads bytes that are here. */
  readonly read: (startByte: number, endByte: number) => Promise<Uint8Array>;
};

/** Reads a file in small steps, and keeps what it has read last. */
export class FileWindow {
  readonly lengthBytes: number;
  readonly #file: PartlyHere;
  #startByte = 0;
  #bytes = new Uint8Array(0);

  constructor(file: PartlyHere) {
    this.#file = file;
    this.lengthBytes = file.lengthBytes;
  }

  /** Bytes from this one on, at least so many, if they are in hand: without waiting, for the many small steps. */
  inHand(atByte: number, leastBytes: number): Uint8Array | null {
    const from = atByte - this.#startByte;
    return from >= 0 && from + leastBytes <= this.#bytes.length ? this.#bytes.subarray(from) : null;
  }

  /**
   * Bytes from this one on, at least so many; null when they are not all here, or the file ends before.
   * @throws what reading throws.
   */
  async at(atByte: number, leastBytes: number): Promise<Uint8Array | null> {
    const known = this.inHand(atByte, leastBytes);
    if (known !== null) return known;
    if (leastBytes > MAX_TABLE_BYTES || atByte < 0 || atByte + leastBytes > this.lengthBytes) return null;
    const hereEnd = Math.min(this.#file.hereUntil(atByte), this.lengthBytes);
    if (hereEnd < atByte + leastBytes) return null;
    const endByte = Math.min(hereEnd, atByte + Math.max(WINDOW_BYTES, leastBytes));
    const bytes = new Uint8Array(await this.#file.read(atByte, endByte));
    if (bytes.length <= 2 * WINDOW_BYTES) {
      this.#startByte = atByte;
      this.#bytes = bytes;
    }
    return bytes.length >= leastBytes ? bytes : null;
  }

  /** As `at`, of up to so many bytes: fewer at the end of the file or where no more is here; null when there is none. */
  async some(atByte: number, mostBytes: number): Promise<Uint8Array | null> {
    const hereEnd = Math.min(this.#file.hereUntil(atByte), this.lengthBytes);
    return hereEnd <= atByte ? null : this.at(atByte, Math.min(mostBytes, hereEnd - atByte));
  }
}
