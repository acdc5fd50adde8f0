import { ADTS, CustomSource, FLAC, Input, MATROSKA, MP3, MP4, MPEG_TS, OGG, QTFF, WAVE, WEBM } from 'mediabunny';
import type { FileBytes } from '../file-bytes.ts';

const CACHE_BYTES = 4 * 1_048_576;

/** A file of sound or pictures that arrives, as its tracks and packets. */
export class MediaFile {
  readonly input: Input;
  readonly bytes: FileBytes;
  #reading = new AbortController();

  constructor(bytes: FileBytes) {
    this.bytes = bytes;
    const source = new CustomSource({
      getSize: () => bytes.lengthBytes,
      read: (startByte, endByte) => bytes.read(startByte, endByte, this.#reading.signal),
      maxCacheSize: CACHE_BYTES,
      handleUnhandledError: () => undefined, // whoever wants these bytes reads them again and hears of it
    });
    const formats = [MP4, QTFF, MATROSKA, WEBM, MP3, WAVE, OGG, FLAC, ADTS, MPEG_TS];
    this.input = new Input({ formats, source });
  }

  /** Gives up what is waited for, because it is wanted no longer: all reads that are under way fail. */
  letGo(): void {
    this.#reading.abort(new DOMException('wanted no longer', 'AbortError'));
    this.#reading = new AbortController();
  }

  close(): void {
    this.#reading.abort(new DOMException('closed', 'AbortError'));
    this.input.dispose();
  }
}
