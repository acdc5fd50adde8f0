import {
  ADTS,
  CustomSource,
  FLAC,
  Input,
  type InputTrack,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';
import { ByteCurve } from '../byte-curve.ts';
import type { FileBytes } from '../file-bytes.ts';
import { type Patch, patched, shortenFirstCluster } from './matroska-head-cut.ts';
import { type MatroskaIndex, readMatroskaIndex } from './matroska-index.ts';
import { MatroskaPackets } from './matroska-packets.ts';
import { mp4Places } from './mp4-places.ts';
import { IndexedPackets, type Packets } from './packets.ts';

const CACHE_BYTES = 4 * 1_048_576;
/** A file of Matroska whose blocks we read ourselves, and how its head looks to whoever reads clusters as a whole. */
type Blocks = { readonly index: MatroskaIndex; readonly patch: Patch | null };

/** A file of sound or pictures that arrives, as its tracks and packets. */
export class MediaFile {
  readonly input: Input;
  readonly bytes: FileBytes;
  #reading = new AbortController();
  #blocks: Promise<Blocks | null> | null = null;

  constructor(bytes: FileBytes) {
    this.bytes = bytes;
    const source = new CustomSource({
      getSize: () => bytes.lengthBytes,
      read: async (startByte, endByte) => {
        const blocks = await this.#ourBlocks();
        return patched(await this.#read(startByte, endByte), startByte, blocks?.patch ?? null);
      },
      maxCacheSize: CACHE_BYTES,
      handleUnhandledError: () => undefined, // whoever wants these bytes reads them again and hears of it
    });
    const formats = [MP4, QTFF, MATROSKA, WEBM, MP3, WAVE, OGG, FLAC, ADTS, MPEG_TS];
    this.input = new Input({ formats, source });
  }

  /** The packets of a track. Those of Matroska are read block by block, where the file has what that takes. */
  async packetsOf(track: InputTrack): Promise<Packets> {
    const blocks = await this.#ourBlocks();
    if (blocks === null || !blocks.index.tracks.has(track.id)) return new IndexedPackets(track);
    return new MatroskaPackets(this.#read, this.bytes.lengthBytes, blocks.index, track.id);
  }

  /** How its bytes lie over its time, from its index; null when its length is not known, or nothing is said of that. */
  async curve(durationS: number | null): Promise<ByteCurve | null> {
    if (durationS === null) return null;
    const { lengthBytes } = this.bytes;
    const format = await this.input.getFormat();
    const isMp4 = format === MP4 || format === QTFF;
    const places = isMp4 ? await mp4Places(this.#read, lengthBytes) : ((await this.#ourBlocks())?.index.places ?? []);
    return places.length === 0 ? null : new ByteCurve(places, durationS, lengthBytes);
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

  readonly #read = (startByte: number, endByte: number): Promise<Uint8Array> =>
    this.bytes.read(startByte, endByte, this.#reading.signal);

  #ourBlocks(): Promise<Blocks | null> {
    this.#blocks ??= this.#findBlocks().catch((error: unknown) => {
      this.#blocks = null; // it was given up: whoever asks next tries again
      throw error;
    });
    return this.#blocks;
  }

  async #findBlocks(): Promise<Blocks | null> {
    const { lengthBytes } = this.bytes;
    const index = await readMatroskaIndex(this.#read, lengthBytes);
    if (index === null || [...index.tracks.values()].some(({ kind, isPacked }) => kind !== 'other' && isPacked)) {
      return null;
    }
    return { index, patch: await shortenFirstCluster(this.#read, lengthBytes, index) };
  }
}
